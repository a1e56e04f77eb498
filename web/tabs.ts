// The tabs over the terminals (WAI-ARIA tabs pattern: arrows move, Home and End, Delete closes).

import type { ITheme } from '@xterm/xterm'
import type { Machine } from './machine.ts'
import { TerminalView } from './terminal-view.ts'

interface Tab {
  readonly view: TerminalView
  /** Around the two buttons. */
  readonly frame: HTMLElement
  readonly button: HTMLButtonElement
}

export class Tabs {
  readonly #list: HTMLElement
  readonly #panels: HTMLElement
  readonly #machine: Machine
  readonly #tabs: Tab[] = []
  /** What each terminal makes of what is typed. */
  readonly #onTyped: (text: string) => string
  #theme: ITheme
  #lastNumber = 0

  constructor(how: {
    list: HTMLElement
    panels: HTMLElement
    machine: Machine
    theme: ITheme
    onTyped: (text: string) => string
  }) {
    this.#list = how.list
    this.#panels = how.panels
    this.#machine = how.machine
    this.#theme = how.theme
    this.#onTyped = how.onTyped
    this.#list.addEventListener('keydown', event => this.#keyPressed(event))
  }

  get views(): readonly TerminalView[] {
    return this.#tabs.map(({ view }) => view)
  }

  set theme(theme: ITheme) {
    this.#theme = theme
    for (const { view } of this.#tabs) view.theme = theme
  }

  open(): void {
    const number = ++this.#lastNumber
    const frame = document.createElement('div')
    frame.className = 'tab'
    frame.role = 'presentation'
    // Hidden terminals have no size: the others go before this one is made.
    for (const { view } of this.#tabs) view.element.hidden = true
    const view = new TerminalView(this.#panels, {
      machine: this.#machine,
      theme: this.#theme,
      onEnded: hasEnded => frame.toggleAttribute('data-ended', hasEnded),
    })
    view.onTyped = this.#onTyped
    const tab: Tab = { view, frame, button: tabButton(number) }
    Object.assign(view.element, { id: `terminal-${number}`, role: 'tabpanel', ariaLabel: `Terminal ${number}` })
    const close = closeButton(number)
    frame.append(tab.button, close)
    tab.button.addEventListener('click', () => this.#select(tab))
    close.addEventListener('click', () => this.#close(tab))
    this.#list.append(frame)
    this.#tabs.push(tab)
    this.#select(tab)
  }

  /** The terminal that is shown. */
  get current(): TerminalView | undefined {
    return this.#tabs.find(({ view }) => !view.element.hidden)?.view
  }

  focus(): void {
    this.current?.focus()
  }

  focusTab(): void {
    this.#tabs.find(({ view }) => !view.element.hidden)?.button.focus()
  }

  #select(tab: Tab): void {
    for (const { view, frame, button } of this.#tabs) {
      const isSelected = view === tab.view
      view.element.hidden = !isSelected
      button.ariaSelected = String(isSelected)
      button.tabIndex = isSelected ? 0 : -1
      frame.toggleAttribute('data-selected', isSelected)
    }
    tab.frame.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    tab.view.fit()
    tab.view.focus()
  }

  #close(tab: Tab): void {
    const at = this.#tabs.indexOf(tab)
    this.#tabs.splice(at, 1)
    tab.view.close()
    tab.frame.remove()
    const next = this.#tabs[Math.min(at, this.#tabs.length - 1)]
    if (next) this.#select(next)
    else this.open()
  }

  #keyPressed(event: KeyboardEvent): void {
    const at = this.#tabs.findIndex(({ button }) => button === document.activeElement)
    const tab = this.#tabs[at]
    if (!tab) return
    const count = this.#tabs.length
    const targets: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 }
    const target = targets[event.key]
    if (event.key === 'Delete') this.#close(tab)
    else if (target !== undefined) this.#moveTo((target + count) % count)
    else return
    event.preventDefault()
  }

  /** The keyboard's user stays in the list of tabs. */
  #moveTo(index: number): void {
    const tab = this.#tabs[index]
    if (!tab) return
    this.#select(tab)
    tab.button.focus()
  }
}

function tabButton(number: number): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.role = 'tab'
  button.textContent = `Terminal ${number}`
  button.setAttribute('aria-controls', `terminal-${number}`)
  return button
}

/** For pointers only: a list of tabs has no other buttons (ARIA tablist), and Delete on a tab does the same. */
function closeButton(number: number): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'close'
  button.tabIndex = -1
  button.ariaHidden = 'true'
  button.title = `Close terminal ${number}`
  button.textContent = '\u00d7'
  return button
}
