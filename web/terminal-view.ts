// One terminal on the page: xterm.js over a line to the machine, and what happens when its shell ends.

import { FitAddon } from '@xterm/addon-fit'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { type ITheme, Terminal } from '@xterm/xterm'
import type { Line, Machine } from './machine.ts'

export interface TerminalViewOptions {
  readonly machine: Machine
  readonly theme: ITheme
  /** The shell has ended, or a new one was started. */
  readonly onEnded: (hasEnded: boolean) => void
  /** The keyboard wants out: Tab is the terminal's own. */
  readonly onLeave: () => void
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

  constructor(parent: HTMLElement, how: TerminalViewOptions) {
    this.#machine = how.machine
    this.#onEnded = how.onEnded
    this.element.className = 'terminal'
    parent.append(this.element)
    this.#xterm = new Terminal({
      theme: how.theme,
      fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
      fontSize: 14,
      scrollback: 5000,
      cursorBlink: true,
      // Programs' colours stay readable on both grounds.
      minimumContrastRatio: 4.5,
    })
    this.#xterm.loadAddon(this.#fit)
    this.#xterm.loadAddon(new WebLinksAddon())
    this.#xterm.open(this.element)
    this.#useGraphics()
    this.#xterm.attachCustomKeyEventHandler(event => this.#isForTerminal(event, how.onLeave))
    this.#xterm.onData(text => this.#typed(this.#encoder.encode(text)))
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
    this.#watcher.disconnect()
    this.#line?.close()
    this.#xterm.dispose()
    this.element.remove()
  }

  #start(): void {
    this.#onEnded(false)
    this.#line = this.#machine.open(this.#xterm.rows, this.#xterm.cols, {
      show: (bytes, shown) => this.#xterm.write(bytes, shown),
      ended: status => this.#ended(status),
    })
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

  /** F6 leaves, as between the panes of a browser; ^C being a signal, Ctrl+Shift+C copies. */
  #isForTerminal(event: KeyboardEvent, leave: () => void): boolean {
    const isCopy = event.ctrlKey && event.shiftKey && event.code === 'KeyC'
    if (event.key !== 'F6' && !isCopy) return true
    if (event.type !== 'keydown') return false
    event.preventDefault()
    if (!isCopy) leave()
    else if (this.#xterm.hasSelection()) void navigator.clipboard?.writeText(this.#xterm.getSelection())
    return false
  }

  /** WebGL where there is hardware for it (in software it is slower than the DOM); when the graphics are lost, xterm's own DOM renderer goes on. */
  #useGraphics(): void {
    if (!hasGraphicsHardware()) return
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
  const context = document.createElement('canvas').getContext('webgl2')
  if (!context) return false
  const names = context.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)
}
