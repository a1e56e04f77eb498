// What the browser tests are written in: the page, served as it is built, in a browser of this file's own; keys are typed
// into its terminals, and answers are read from their buffers.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type {} from '../../web/page.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const artifacts = join(root, 'test/artifacts')

export const PROMPT = /root@cowbox:\S+[#$]/g
export const AT_PROMPT = /[#$] $/

const PATIENCE = { timeout: 60_000, interval: 30 }

/** A page at its first prompt before each test of the file that calls this. */
export function useTab(): Tab {
  const tab = new Tab()
  let server: ChildProcess
  let browser: Browser

  beforeAll(async () => {
    // A folder of its own: whoever builds dist meanwhile does not disturb.
    tab.folder = mkdtempSync(join(tmpdir(), 'cowbox-page-'))
    execFileSync(process.execPath, [join(root, 'test/build.mjs'), 'web', tab.folder])
    mkdirSync(artifacts, { recursive: true })
    server = spawn(process.execPath, [join(root, 'web/serve.mjs'), tab.folder], { env: { ...process.env, PORT: '0' } })
    tab.address = await firstLine(server)
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS })
  })

  afterAll(async () => {
    await browser?.close()
    server?.kill()
    rmSync(tab.folder, { recursive: true })
  })

  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 760 } })
    await tab.visit(context)
    return () => context.close()
  })
  return tab
}

export class Tab {
  address = ''
  /** What is served. */
  folder = ''
  #page: Page | undefined
  #context: BrowserContext | undefined

  get page(): Page {
    if (!this.#page) throw new Error('no page is open')
    return this.#page
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('no page is open')
    return this.#context
  }

  async visit(context: BrowserContext): Promise<void> {
    this.#context = context
    this.#page = await context.newPage()
    this.#page.on('pageerror', error => console.error(error))
    await this.#page.goto(this.address)
    await this.shows(AT_PROMPT)
  }

  /** Milliseconds from the beginning of a navigation until a prompt is in the terminal's buffer. */
  async firstPrompt(): Promise<number> {
    await this.page.goto(this.address)
    return this.page.evaluate(async () => {
      // The page may not have run yet: what it declares is not there.
      while (!/[#$]\s*$/.test((window.cowbox as typeof window.cowbox | undefined)?.text(0) ?? '')) {
        await new Promise(resolve => setTimeout(resolve, 1))
      }
      return performance.now()
    })
  }

  /** A carriage return at the end is the Enter key. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text.replace(/\r$/, ''))
    if (text.endsWith('\r')) await this.page.keyboard.press('Enter')
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key)
  }

  /** What a terminal holds, without trailing blanks; the first tab's is 0. */
  screen(terminal = 0): Promise<string> {
    return this.page.evaluate(number => window.cowbox.text(number), terminal)
  }

  /** Waits until a terminal shows something; the blank after a prompt is added. */
  async shows(what: RegExp, terminal = 0, timeout = PATIENCE.timeout): Promise<string> {
    await expect.poll(async () => `${await this.screen(terminal)} `, { ...PATIENCE, timeout }).toMatch(what)
    return this.screen(terminal)
  }

  /** Types a command and gives what it printed, when there is another prompt. */
  async run(command: string, terminal = 0, timeout = PATIENCE.timeout): Promise<string> {
    const before = await this.#prompts(terminal)
    await this.type(`${command}\r`)
    await expect.poll(() => this.#prompts(terminal), { ...PATIENCE, timeout }).toBeGreaterThan(before)
    const output = (await this.screen(terminal)).split(PROMPT).at(-2) ?? ''
    return output.slice(output.indexOf('\n') + 1).trimEnd()
  }

  /** Opens another terminal, which is then the one that is typed into, and waits for its prompt. */
  async openTerminal(number: number): Promise<void> {
    await this.page.getByRole('button', { name: 'New terminal' }).click()
    await this.shows(AT_PROMPT, number - 1)
  }

  async select(number: number): Promise<void> {
    await this.page.getByRole('tab', { name: `Terminal ${number}` }).click()
  }

  /**
   * Milliseconds from a key to its letter in the terminal's buffer: the median over the letters, as the page sees it. No
   * blanks: at the end of a screen's text none is seen. A letter that does not come within 10 s is an error.
   */
  async echoDelay(letters: string, terminal: number): Promise<number> {
    const delays: number[] = []
    for (const letter of letters) delays.push(await this.#echoOf(letter, terminal))
    return delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Number.NaN
  }

  /** Kept in test/artifacts. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) })
  }

  async #prompts(terminal: number): Promise<number> {
    return (await this.screen(terminal)).match(PROMPT)?.length ?? 0
  }

  #echoOf(letter: string, terminal: number): Promise<number> {
    return this.page.evaluate(
      async ([key, number]) => {
        const before = window.cowbox.text(number).length
        const start = performance.now()
        const code = key.charCodeAt(0)
        const press = { key, keyCode: key.toUpperCase().charCodeAt(0), bubbles: true }
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keypress', { ...press, charCode: code, keyCode: code }),
        )
        while (window.cowbox.text(number).length === before) {
          if (performance.now() - start > 10_000) throw new Error(`no echo of '${key}' in 10 s`)
          await new Promise(resolve => setTimeout(resolve))
        }
        return performance.now() - start
      },
      [letter, terminal] as const,
    )
  }
}

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP insecure.test 127.0.0.1',
]

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    createInterface({ input: child.stdout! }).once('line', resolve)
  })
}
