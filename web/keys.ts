// The keys that a keyboard of glass lacks, in a row below the terminal.

import type { TerminalView } from './terminal-view.ts'

/** What each key sends; arrows send another letter's code where a program asked for it (DECCKM). */
const KEYS: readonly (readonly [label: string, name: string, code: string])[] = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['^C', 'Control C', '\x03'],
  ['^D', 'Control D', '\x04'],
  ['\u2190', 'Left', '\x1b[D'],
  ['\u2191', 'Up', '\x1b[A'],
  ['\u2193', 'Down', '\x1b[B'],
  ['\u2192', 'Right', '\x1b[C'],
]

export class Keys {
  readonly #control = document.createElement('button')

  constructor(row: HTMLElement, current: () => TerminalView | undefined) {
    Object.assign(this.#control, { type: 'button', textContent: 'Ctrl', ariaPressed: 'false' })
    this.#control.addEventListener('click', () => {
      this.#control.ariaPressed = String(this.#control.ariaPressed !== 'true')
    })
    row.append(this.#control)
    for (const [label, name, code] of KEYS) {
      const button = document.createElement('button')
      Object.assign(button, { type: 'button', textContent: label, ariaLabel: name })
      button.addEventListener('click', () => {
        const view = current()
        view?.press(view.hasApplicationKeys ? code.replace('[', 'O') : code)
      })
      row.append(button)
    }
    // Who presses one goes on typing: neither the terminal's focus nor the keyboard of glass goes away.
    row.addEventListener('pointerdown', event => event.preventDefault())
  }

  /** The next letter's control code, when Ctrl was pressed before it. */
  withControl(text: string): string {
    if (this.#control.ariaPressed !== 'true' || text.length !== 1) return text
    this.#control.ariaPressed = 'false'
    return /[@-_a-z]/.test(text) ? String.fromCharCode(text.toUpperCase().charCodeAt(0) & 0x1f) : text
  }
}
