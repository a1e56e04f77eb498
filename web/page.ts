// The page: terminals in tabs, the layers panel, and the worker behind both.

import { Help } from './help.ts'
import { Keys } from './keys.ts'
import { LayersPanel } from './layers-panel.ts'
import { Machine } from './machine.ts'
import { walkPanes } from './panes.ts'
import { Theme } from './theme.ts'

declare global {
  interface Window {
    /** For tests: what a tab's terminal shows, the first tab being 0. */
    cowbox: { text(tab: number): string }
  }
}

const note = element('note', HTMLElement)

const machine = new Machine({
  notes(notes) {
    if (notes.length === 0) return
    note.textContent = notes.join(' ')
    note.hidden = false
  },
  layers: report => panel.show(report),
})

// The worker starts while the terminals, which are large, are still loaded.
const { Tabs } = await import('./tabs.ts')

const theme = new Theme()
const keys = new Keys(element('keys', HTMLElement), () => tabs.current)
const tabs: InstanceType<typeof Tabs> = new Tabs({
  list: element('tabs', HTMLElement),
  panels: element('terminals', HTMLElement),
  machine,
  theme: theme.terminal,
  onTyped: text => keys.withControl(text),
})

const panel = new LayersPanel(
  {
    panel: element('layers', HTMLElement),
    toggle: element('toggle-layers', HTMLButtonElement),
    refresh: element('refresh-layers', HTMLButtonElement),
    select: element('layers-target', HTMLSelectElement),
    list: element('layers-list', HTMLElement),
  },
  machine,
)

new Help(
  {
    dialog: element('help', HTMLDialogElement),
    open: element('show-help', HTMLButtonElement),
    lines: element('help-lines', HTMLElement),
  },
  () => tabs.current,
)

// Who clicks goes on typing; who uses the keyboard stays where they are.
element('header', HTMLElement).addEventListener('click', event => {
  if (event.detail > 0) tabs.focus()
})
walkPanes([
  { element: element('terminals', HTMLElement), focus: () => tabs.focus() },
  { element: element('header', HTMLElement), focus: () => tabs.focusTab() },
  { element: element('layers', HTMLElement), focus: () => panel.focus() },
])
theme.onChange = terminalTheme => {
  tabs.theme = terminalTheme
}
element('new-tab', HTMLButtonElement).addEventListener('click', () => tabs.open())
element('toggle-theme', HTMLButtonElement).addEventListener('click', () => theme.toggle())
window.cowbox = { text: tab => tabs.views[tab]?.text ?? '' }
tabs.open()

function element<T extends HTMLElement>(id: string, kind: { new (): T }): T {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`the page has no ${kind.name} #${id}`)
}
