// One terminal on the page: xterm.js over a line to the machine, and what happens when its shell ends.

import { FitAddon } from '@xterm/addon-fit'
import { type ITheme, Terminal } from '@xterm/xterm'
import type { Line, Machine } from './machine.ts'

export interface TerminalViewOptions {
  readonly machine: Machine
  readonly theme: ITheme
  /** The shell has ended, or a new one was started. */
  readonly onEnded: (hasEnded: boolean) => void
}

export class TerminalView {
  readonly element = document.createElement('div')
  readonly #machine: Machine
  readonly #xterm: Terminal
  readonly #fit = new FitAddon()
  readonly #watcher: ResizeObserver
  readonly #onEnded: (hasEnded: boolean) => void
  readonly #encoder = new TextEncoder()
  /** undefined: the shell has ended. */
  #line: Line | undefined
  #hasShown = false
  #change = (text: string) => text
  #isClosed = false

  constructor(parent: HTMLElement, how: TerminalViewOptions) {
    this.#machine = how.machine
    this.#onEnded = how.onEnded
    this.element.className = 'terminal'
    parent.append(this.element)
    this.#xterm = new Terminal({
      theme: how.theme,
      fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 14,
      // At 1 some fonts' underscores are hidden by the row below.
      lineHeight: 1.1,
      scrollback: 5000,
      cursorBlink: true,
      // Programs' colours stay readable on both grounds.
      minimumContrastRatio: 4.5,
      // Bytes that mean nothing are a program's own affair, and a console that is told of each slows a flood down.
      logLevel: 'off',
    })
    this.#xterm.loadAddon(this.#fit)
    this.#xterm.open(this.element)
    this.#xterm.attachCustomKeyEventHandler(event => this.#isForTerminal(event))
    this.#xterm.onData(text => this.#typed(this.#encoder.encode(this.#change(text))))
    this.#xterm.onBinary(text => this.#typed(Uint8Array.from(text, letter => letter.charCodeAt(0))))
    this.#xterm.onResize(({ rows, cols }) => this.#line?.resize(rows, cols))
    this.#watcher = new ResizeObserver(() => this.fit())
    this.#watcher.observe(this.element)
    // Fonts that arrive late have other widths.
    void document.fonts.ready.then(() => this.fit())
    this.fit()
    this.#start()
  }

  fit(): void {
    if (this.element.offsetParent) this.#fit.fit()
  }

  focus(): void {
    this.#xterm.focus()
  }

  /** As if it was typed: for keys that a keyboard lacks. */
  press(keys: string): void {
    this.#xterm.input(keys)
  }

  /** For the shell's line: nothing is run before Enter. */
  paste(text: string): void {
    this.#xterm.paste(text)
  }

  /** Whether a program has asked for the other codes of the arrow keys (DECCKM). */
  get hasApplicationKeys(): boolean {
    return this.#xterm.modes.applicationCursorKeysMode
  }

  /** Asked of each text that is typed: what to take in its place. */
  set onTyped(change: (text: string) => string) {
    this.#change = change
  }

  set theme(theme: ITheme) {
    this.#xterm.options.theme = theme
  }

  /** All lines, the scrolled ones too, without trailing blanks. */
  get text(): string {
    const { active } = this.#xterm.buffer
    const lines: string[] = []
    for (let y = 0; y < active.length; y++) {
      const line = active.getLine(y)
      const text = line?.translateToString(true) ?? ''
      if (line?.isWrapped) lines.push((lines.pop() ?? '') + text)
      else lines.push(text)
    }
    return lines.join('\n').trimEnd()
  }

  close(): void {
    this.#isClosed = true
    this.#watcher.disconnect()
    this.#line?.close()
    this.#xterm.dispose()
    this.element.remove()
  }

  #start(): void {
    this.#onEnded(false)
    this.#line = this.#machine.open(this.#xterm.rows, this.#xterm.cols, {
      show: (bytes, shown) => this.#show(bytes, shown),
      ended: status => this.#ended(status),
    })
  }

  #show(bytes: Uint8Array, shown: () => void): void {
    this.#xterm.write(bytes, shown)
    if (!this.#hasShown) setTimeout(() => void this.#furnish(), 200)
    this.#hasShown = true
  }

  #ended(status: number): void {
    this.#line = undefined
    this.#onEnded(true)
    // Whatever a program left switched on (DECSTR, and the main screen) is switched off before the next shell.
    this.#xterm.write(
      `\x1b[?1049l\x1b[!p\r\n\x1b[2m[the shell has ended with status ${status}; Enter starts a new one]\x1b[0m\r\n`,
    )
  }

  #typed(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#line) this.#line.input(bytes)
    else if (bytes.includes(13)) this.#start()
  }

  /** F6 is the page's, to leave by; ^C being a signal, Ctrl+Shift+C copies. */
  #isForTerminal(event: KeyboardEvent): boolean {
    if (event.key === 'F6') return false
    if (!event.ctrlKey || !event.shiftKey || event.code !== 'KeyC') return true
    if (event.type !== 'keydown') return false
    event.preventDefault()
    if (this.#xterm.hasSelection()) void navigator.clipboard?.writeText(this.#xterm.getSelection())
    return false
  }

  /** What the first prompt does not wait for: links, and WebGL where there is hardware for it (in software it is slower
   * than the DOM); when the graphics are lost, xterm's own DOM renderer goes on. */
  async #furnish(): Promise<void> {
    const { WebLinksAddon } = await import('@xterm/addon-web-links')
    if (this.#isClosed) return
    this.#xterm.loadAddon(new WebLinksAddon())
    if (!hasGraphicsHardware()) return
    const { WebglAddon } = await import('@xterm/addon-webgl')
    if (this.#isClosed) return
    const graphics = new WebglAddon()
    graphics.onContextLoss(() => {
      graphics.dispose()
      this.#xterm.refresh(0, this.#xterm.rows - 1)
    })
    this.#xterm.loadAddon(graphics)
  }
}

/** A software renderer says what it is; browsers do not count it as a performance caveat. */
function hasGraphicsHardware(): boolean {
  hasHardware ??= findGraphicsHardware()
  return hasHardware
}

let hasHardware: boolean | undefined

function findGraphicsHardware(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  if (!context) return false
  const names = context.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)
}
