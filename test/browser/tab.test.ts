// The page itself: what it keeps, how it is held back and held, and that everything is reached by keys and on any width.

import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AT_PROMPT, useTab } from './tab.ts'

const tab = useTab()
const LONG = 120_000

test('the first prompt comes soon', { timeout: LONG }, async () => {
  const times: number[] = []
  for (let i = 0; i < 5; i++) times.push(await tab.firstPrompt())
  const shown = times.map(time => time.toFixed(0)).join(', ')
  console.log(`navigation to first prompt: ${shown} ms`)
  expect(Math.min(...times)).toBeLessThan(10_000)
})

test('images survive a reload', { timeout: LONG }, async () => {
  await tab.run('docker build -q -t kept:1 .', 0, LONG)
  await tab.page.reload()
  await tab.shows(AT_PROMPT)
  expect(await tab.run('docker images')).toMatch(/^kept +1 /m)
  expect(await tab.run('docker run --rm --entrypoint cat kept:1 /hello.txt')).toBe('welcome to sanchuang!')
  expect(await tab.page.locator('#note').isVisible()).toBe(false)
})

test('where the browser keeps no files, it says so and works all the same', { timeout: LONG }, async () => {
  await tab.page.goto(tab.address.replace('127.0.0.1', 'insecure.test'))
  await tab.shows(AT_PROMPT)
  await expect.poll(() => tab.page.locator('#note').textContent()).toContain('images are gone after a reload')
  await tab.run('docker build -q -t fleeting:1 .', 0, LONG)
  expect(await tab.run('docker images')).toMatch(/^fleeting +1 /m)
  await tab.screenshot('note')
})

describe('a flood of output is held back, and ^C ends it', () => {
  test.each(['yes', 'seq 1 10000000', 'while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done'])(
    '%s',
    { timeout: LONG },
    async command => {
      await tab.type(`${command}\r`)
      await tab.page.waitForTimeout(1500)
      const pressed = performance.now()
      await tab.press('Control+c')
      // What the program had printed and not yet sent may follow the echo.
      await tab.shows(/\^C[\s\S]*root@cowbox:\S+# $/, 0, LONG)
      console.log(`^C through ${command}: ${(performance.now() - pressed).toFixed(0)} ms`)
      expect(await tab.run('echo alive')).toBe('alive')
    },
  )

  test('bytes that mean nothing to a terminal, or anything', { timeout: LONG }, async () => {
    await tab.type('cat /dev/urandom\r')
    await tab.page.waitForTimeout(1500)
    await tab.press('Control+c')
    // Where the cursor is now, and in which letters, nobody knows: a full reset (RIS), as `reset` does it.
    await tab.type("printf '\\033c'; echo alive\r")
    await tab.shows(/^alive\nroot@cowbox:\S+# $/)
  })
})

describe('large archives', () => {
  test('are digested by the WASI module, in workers of their own', { timeout: 2 * LONG }, async () => {
    const requested: string[] = []
    tab.context.on('request', request => requested.push(request.url()))
    await tab.run('head -c 6000000 /dev/urandom > large; docker build -q -t large:1 .', 0, LONG)
    expect(requested).toContainEqual(expect.stringMatching(/\/hash-worker-/))
    const layer = await tab.run("docker inspect -f '{{index .RootFS.Layers 1}}' large:1")
    expect(layer).toMatch(/^sha256:[0-9a-f]{64}$/)
    await tab.run('docker save -o ../large.tar large:1', 0, LONG)
    const blob = `blobs/sha256/${layer.slice(7)}`
    expect(await tab.run(`tar xOf ../large.tar ${blob} | sha256sum`, 0, LONG)).toBe(`${layer.slice(7)}  -`)

    await tab.run('docker rmi large:1', 0, LONG)
    await tab.openTerminal(2)
    await tab.select(1)
    await tab.type('docker load -i ../large.tar\r')
    await tab.select(2)
    console.log(`echo beside a load: ${(await tab.echoDelay('heard', 1)).toFixed(1)} ms`)
    await tab.select(1)
    await tab.shows(/Loaded image: large:1\n/, 0, LONG)
    expect(await tab.run('docker run --rm --entrypoint cmp large:1 /large /large; echo $?', 0, LONG)).toBe('0')
  })
})

describe('keys alone', () => {
  const focused = () =>
    tab.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

  test('a shell that ended is started again by Enter; tabs are opened, reached and closed', {
    timeout: LONG,
  }, async () => {
    await tab.type('exit 3\r')
    await tab.shows(/ended with status 3; Enter starts a new one\] $/)
    await tab.type('\r')
    await tab.shows(/\]\n[\s\S]*[#$] $/)
    expect(await tab.run('echo again')).toBe('again')

    await tab.press('F6')
    expect(await focused()).toBe('Terminal 1')
    await tab.press('Tab')
    expect(await focused()).toBe('New terminal')
    await tab.press('Enter')
    await tab.shows(AT_PROMPT, 1)
    expect(await tab.run('tty', 1)).toMatch(/^\/dev\/pts\/\d$/)
    await tab.press('F6')
    expect(await focused()).toBe('Terminal 2')
    await tab.press('ArrowLeft')
    expect(await tab.page.getByRole('tab', { selected: true }).textContent()).toBe('Terminal 1')
    await tab.press('Enter')
    expect(await tab.run('echo back')).toBe('back')
    await tab.press('F6')
    await tab.press('Delete')
    expect(await tab.page.getByRole('tab').allTextContents()).toEqual(['Terminal 2'])
  })

  test('the layers panel is opened, walked and closed', { timeout: LONG }, async () => {
    await tab.press('F6')
    await tab.press('Tab')
    await tab.press('Tab')
    expect(await focused()).toBe('Layers')
    await tab.press('Space')
    await expect.poll(() => tab.page.locator('#layers-list').textContent()).toContain('nothing yet')
    await tab.press('Tab')
    expect(await focused()).toBe('Help')
    await tab.press('Tab')
    expect(await focused()).toBe('Dark or light')
    await tab.press('Tab')
    // Into the terminal, where Tab is the shell's: F6 and Shift+F6 go round.
    expect(await tab.page.evaluate(() => document.activeElement?.className)).toBe('xterm-helper-textarea')
    await tab.press('Shift+F6')
    expect(await tab.page.evaluate(() => document.activeElement?.id)).toBe('layers-target')
    await tab.press('Tab')
    expect(await focused()).toBe('Refresh')
    await tab.press('Tab')
    expect(await tab.page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
    const details = tab.page.locator('#layers-list details').first()
    const wasOpen = await details.evaluate(element => element.hasAttribute('open'))
    await tab.press('Enter')
    expect(await details.evaluate(element => element.hasAttribute('open'))).toBe(!wasOpen)
    await tab.press('F6')
    expect(await tab.page.evaluate(() => document.activeElement?.className)).toBe('xterm-helper-textarea')
    expect(await tab.run('echo back')).toBe('back')
  })
})

test('the layers panel names the layer of each file', { timeout: LONG }, async () => {
  await tab.page.getByRole('button', { name: 'Layers' }).click()
  const panel = tab.page.locator('#layers-list')
  await expect.poll(() => panel.textContent()).toContain('nothing yet')
  await tab.run('chmod +x while.sh; echo new > made.txt; rm hello.txt')
  const top = panel.locator('details').first()
  await expect.poll(() => top.locator('.added').allTextContents()).toEqual([expect.stringMatching(/^made.txt/)])
  expect(await top.locator('.changed').allTextContents()).toEqual([expect.stringMatching(/^while.sh/)])
  expect(await top.locator('.hidden').allTextContents()).toEqual(['hello.txt'])
  expect(await panel.locator('.covered').allTextContents()).toEqual([
    expect.stringMatching(/^hello.txt/),
    expect.stringMatching(/^while.sh/),
  ])
  await tab.screenshot('layers')

  await tab.run('echo back > hello.txt; docker build -q -t shown .; docker create --name shown-1 shown')
  await expect
    .poll(() => tab.page.locator('#layers-target option').allTextContents())
    .toContainEqual(expect.stringMatching(/^shown-1 /))
  await tab.page.locator('#layers-target').selectOption({ index: 1 })
  await expect.poll(() => panel.locator('summary').allTextContents()).toContainEqual(expect.stringMatching(/COPY/))
  await tab.screenshot('layers-container')
})

describe('on a narrow screen', () => {
  test.each([390, 320])('of %i pixels, in the dark', { timeout: LONG }, async width => {
    await tab.page.emulateMedia({ colorScheme: 'dark' })
    await tab.page.setViewportSize({ width, height: 760 })
    await tab.type('echo hi\r')
    await tab.shows(/\nhi\n[\s\S]*# $/)
    await tab.openTerminal(2)
    await tab.openTerminal(3)
    await tab.type('ls\r')
    await tab.shows(/Dockerfile[\s\S]*# $/, 2)
    await tab.page.getByRole('button', { name: 'Layers' }).click()
    await expect.poll(() => tab.page.locator('#layers-list').textContent()).toContain('nothing yet')
    const overflow = await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    // What is chosen is in sight, and every button can be hit.
    await expect(tab.page.getByRole('tab', { selected: true }).textContent()).resolves.toBe('Terminal 3')
    for (const button of [
      tab.page.getByRole('tab', { selected: true }),
      tab.page.getByRole('button', { name: 'Dark' }),
    ]) {
      const box = await button.boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true)
    }
    await tab.screenshot(`narrow-${width}`)
    await tab.page.getByRole('button', { name: 'Dark or light' }).click()
    expect(await tab.page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
  })
})

test('help types a line for the user to enter, and goes', { timeout: LONG }, async () => {
  await tab.page.getByRole('button', { name: 'Help' }).click()
  await expect.poll(() => tab.page.getByRole('dialog').isVisible()).toBe(true)
  await tab.page.getByRole('button', { name: 'docker build -t scbusybox:1.2 .' }).click()
  expect(await tab.page.getByRole('dialog').isVisible()).toBe(false)
  await tab.shows(/# docker build -t scbusybox:1\.2 \.\s*$/)
  await tab.type('; echo $((40 + 2))\r')
  await tab.shows(/\n42\n[\s\S]*# $/, 0, LONG)
  expect(await tab.page.locator('#keys').isVisible()).toBe(false)
})

test('on a screen that is touched there are the keys that it lacks', { timeout: LONG }, async () => {
  const context = await tab.context
    .browser()
    ?.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true })
  if (!context) throw new Error('no browser')
  try {
    await tab.visit(context)
    const key = (name: string) => tab.page.locator('#keys').getByRole('button', { name, exact: true })
    await tab.type('echo first\r')
    await tab.shows(/\nfirst\n[\s\S]*# $/)
    await key('Up').tap()
    await tab.shows(/# echo first\s*$/)
    await key('Control C').tap()
    await tab.type('sleep 1000\r')
    await tab.shows(/sleep 1000\s*$/)
    await key('Ctrl').tap()
    await tab.type('c')
    await tab.type('echo sec\r')
    await tab.shows(/\nsec\n[\s\S]*# $/)
    const overflow = await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await tab.screenshot('touch')
  } finally {
    await context.close()
  }
})

test('a command that cannot be fetched says so, and runs once it can', { timeout: LONG }, async () => {
  const context = await tab.context.browser()?.newContext()
  if (!context) throw new Error('no browser')
  try {
    await context.route('**/late-parts-*', route => route.abort())
    await tab.visit(context)
    expect(await tab.run('ls; echo $?')).toMatch(/^ls: can't be fetched: .*\n126$/s)
    await context.unroute('**/late-parts-*')
    expect(await tab.run('ls')).toBe('Dockerfile  hello.txt   while.sh')
  } finally {
    await context.close()
  }
})

// Last: it takes a file away from what is served.
test('where a hashing worker cannot be had, the digests are the same', { timeout: LONG }, async () => {
  for (const name of readdirSync(tab.folder)) if (name.startsWith('hash-worker-')) rmSync(join(tab.folder, name))
  await tab.run('head -c 3000000 /dev/urandom > large; docker build -q -t large:1 .', 0, LONG)
  const layer = await tab.run("docker inspect -f '{{index .RootFS.Layers 1}}' large:1")
  expect(layer).toMatch(/^sha256:[0-9a-f]{64}$/)
  const blob = `blobs/sha256/${layer.slice(7)}`
  // The command is longer than a line: what follows its first line is taken for output, too.
  const sum = await tab.run(`docker save large:1 | tar xOf - ${blob} | sha256sum`, 0, LONG)
  expect(sum.split('\n').at(-1)).toBe(`${layer.slice(7)}  -`)
  expect(await tab.page.locator('#note').isVisible()).toBe(false)
})
