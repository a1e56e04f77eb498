// The page in a real browser: the example's story typed into the terminal, and what a reload keeps.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type {} from '../../web/page.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const artifacts = join(root, 'test/artifacts')

let folder: string
let server: ChildProcess
let address: string
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  // A folder of its own: whoever builds dist meanwhile does not disturb.
  folder = mkdtempSync(join(tmpdir(), 'cowbox-page-'))
  execFileSync(process.execPath, [join(root, 'test/build.mjs'), 'web', folder])
  mkdirSync(artifacts, { recursive: true })
  server = spawn(process.execPath, [join(root, 'web/serve.mjs'), folder], { env: { ...process.env, PORT: '0' } })
  address = await firstLine(server)
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP insecure.test 127.0.0.1',
    ],
  })
})

afterAll(async () => {
  await browser?.close()
  server?.kill()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1200, height: 760 } })
  page = await context.newPage()
  page.on('pageerror', error => console.error(error))
  await page.goto(address)
  await shows(/[#$] $/)
  return () => context.close()
})

describe('the story', () => {
  test('from the missing x bit to a counting container', { timeout: 90_000 }, async () => {
    expect(await run('ls')).toBe('Dockerfile  hello.txt   while.sh')
    expect(await run('cat Dockerfile')).toBe('FROM busybox\nCOPY . /\nRUN cat /hello.txt\nENTRYPOINT ["/while.sh"]')
    expect(await run('docker build -t scbusybox:1.0 .')).toContain('welcome to sanchuang!')
    const refused = await run('docker run -d --name scbusybox-1 scbusybox:1.0; echo "status $?"')
    expect(refused).toContain('exec: "/while.sh": permission denied')
    expect(refused).toMatch(/status 126$/)

    await run('chmod +x while.sh')
    await run('docker build -t scbusybox:1.0 .')
    expect(await run('docker run --rm scbusybox:1.0; echo "status $?"')).toMatch(
      /no such file or directory[\s\S]*status 255$/,
    )

    await run(`sed -i 's|\\["/while.sh"\\]|["/bin/sh","/while.sh"]|' Dockerfile`)
    expect(await run('tail -n 1 Dockerfile')).toBe('ENTRYPOINT ["/bin/sh","/while.sh"]')
    await run('docker build -t scbusybox:1.0 .')
    await type('docker run --rm -it --init scbusybox:1.0\r')
    await shows(/hello world,sanchuang 1\nhello world,sanchuang 2\nhello world,sanchuang 3/)
    await page.screenshot({ path: join(artifacts, 'story.png') })
    await page.keyboard.press('Control+c')
    await shows(/sanchuang 3[\s\S]*\^C[\s\S]*[#$] $/)
  })
})

test('a busy terminal leaves the others as fast as ever, and ^C ends it', { timeout: 60_000 }, async () => {
  await type('while :; do :; done\r')
  await page.getByRole('button', { name: 'New terminal' }).click()
  await shows(/[#$] $/, 1)
  const delay = await echoDelay('q', 1)
  console.log(`echo beside a busy loop: ${delay.toFixed(1)} ms`)
  expect(delay).toBeLessThan(1000)
  await page.getByRole('tab', { name: 'Terminal 1' }).click()
  await page.keyboard.press('Control+c')
  await shows(/done\n[\s\S]*\^C[\s\S]*[#$] $/)
  expect(await run('echo alive')).toBe('alive')
})

test('images survive a reload', { timeout: 60_000 }, async () => {
  await run('docker build -q -t kept:1 .')
  await page.reload()
  await shows(/[#$] $/)
  expect(await run('docker images')).toMatch(/^kept +1 /m)
  expect(await run('docker run --rm --entrypoint cat kept:1 /hello.txt')).toBe('welcome to sanchuang!')
  expect(await page.locator('#note').isVisible()).toBe(false)
})

test('where the browser keeps no files, it says so and works all the same', async () => {
  await page.goto(address.replace('127.0.0.1', 'insecure.test'))
  await shows(/[#$] $/)
  await expect.poll(() => page.locator('#note').textContent()).toContain('images are gone after a reload')
  await run('docker build -q -t fleeting:1 .')
  expect(await run('docker images')).toMatch(/^fleeting +1 /m)
})

test('floods of output are held back, and ^C still works', { timeout: 60_000 }, async () => {
  await type('while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done\r')
  await page.waitForTimeout(1500)
  const pressed = Date.now()
  await page.keyboard.press('Control+c')
  await shows(/[#$] $/)
  console.log(`^C through a flood: ${Date.now() - pressed} ms`)
  expect(Date.now() - pressed).toBeLessThan(20_000)
  expect(await run('echo alive')).toBe('alive')
})

test('a shell that ended is started again by Enter; tabs are opened, reached and closed by keys', async () => {
  await type('exit 3\r')
  await shows(/ended with status 3; Enter starts a new one\] $/)
  await type('\r')
  await shows(/\]\n[\s\S]*[#$] $/)
  expect(await run('echo again')).toBe('again')

  await page.getByRole('button', { name: 'New terminal' }).click()
  await shows(/[#$] $/, 1)
  expect(await run('tty', 1)).toMatch(/^\/dev\/pts\/\d$/)
  await page.keyboard.press('F6')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Terminal 2')
  await page.keyboard.press('ArrowLeft')
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Terminal 1')
  await page.keyboard.press('Delete')
  expect(await page.getByRole('tab').allTextContents()).toEqual(['Terminal 2'])
})

test('the layers panel names the layer of each file', { timeout: 60_000 }, async () => {
  await page.getByRole('button', { name: 'Layers' }).click()
  const panel = page.locator('#layers-list')
  await expect.poll(() => panel.textContent()).toContain('nothing yet')
  await run('chmod +x while.sh; echo new > made.txt; rm hello.txt')
  const top = panel.locator('details').first()
  await expect.poll(() => top.locator('.added').allTextContents()).toEqual([expect.stringMatching(/^made.txt/)])
  expect(await top.locator('.changed').allTextContents()).toEqual([expect.stringMatching(/^while.sh/)])
  expect(await top.locator('.hidden').allTextContents()).toEqual(['hello.txt'])
  expect(await panel.locator('.covered').allTextContents()).toEqual([
    expect.stringMatching(/^hello.txt/),
    expect.stringMatching(/^while.sh/),
  ])
  await page.screenshot({ path: join(artifacts, 'layers.png') })

  await run('echo back > hello.txt; docker build -q -t shown .; docker create --name shown-1 shown')
  await expect
    .poll(() => page.locator('#layers-target option').allTextContents())
    .toContainEqual(expect.stringMatching(/^shown-1 /))
  await page.locator('#layers-target').selectOption({ index: 1 })
  await expect.poll(() => panel.locator('summary').allTextContents()).toContainEqual(expect.stringMatching(/COPY/))
  await page.screenshot({ path: join(artifacts, 'layers-container.png') })
})

test('on a phone, in the dark', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await run('echo small')).toBe('small')
  await page.getByRole('button', { name: 'Layers' }).click()
  await expect.poll(() => page.locator('#layers-list').textContent()).toContain('nothing yet')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.screenshot({ path: join(artifacts, 'phone.png') })
  await page.getByRole('button', { name: 'Dark or light' }).click()
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
})

// --- what the tests are written in -----------------------------------------------------------------------------------

const POLL = { timeout: 8000, interval: 30 }

async function type(text: string): Promise<void> {
  await page.keyboard.type(text.replace(/\r$/, ''))
  if (text.endsWith('\r')) await page.keyboard.press('Enter')
}

function screen(tab = 0): Promise<string> {
  return page.evaluate(number => window.cowbox.text(number), tab)
}

/** Waits until a terminal shows something; the blank after a prompt is the test's. */
async function shows(what: RegExp, tab = 0): Promise<string> {
  await expect.poll(async () => `${await screen(tab)} `, POLL).toMatch(what)
  return screen(tab)
}

const PROMPT = /root@cowbox:\S+[#$]/g

/** Types a command and gives what it printed, when there is another prompt. */
async function run(command: string, tab = 0): Promise<string> {
  const before = (await screen(tab)).match(PROMPT)?.length ?? 0
  await type(`${command}\r`)
  await expect.poll(async () => (await screen(tab)).match(PROMPT)?.length ?? 0, POLL).toBeGreaterThan(before)
  const output = (await screen(tab)).split(PROMPT).at(-2) ?? ''
  return output.slice(output.indexOf('\n') + 1).trimEnd()
}

/** Milliseconds from a key to its letter in the terminal's buffer, measured in the page. */
function echoDelay(letter: string, tab: number): Promise<number> {
  return page.evaluate(
    async ([key, number]) => {
      const before = window.cowbox.text(number).length
      const start = performance.now()
      const target = document.activeElement as HTMLTextAreaElement
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, keyCode: key.toUpperCase().charCodeAt(0), bubbles: true }),
      )
      target.dispatchEvent(
        new KeyboardEvent('keypress', { key, charCode: key.charCodeAt(0), keyCode: key.charCodeAt(0), bubbles: true }),
      )
      while (window.cowbox.text(number).length === before && performance.now() - start < 5000) {
        await new Promise(resolve => setTimeout(resolve))
      }
      return performance.now() - start
    },
    [letter, tab] as const,
  )
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    createInterface({ input: child.stdout! }).once('line', resolve)
  })
}
