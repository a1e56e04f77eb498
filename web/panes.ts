// F6 goes from pane to pane, as in a browser's own window, and Shift+F6 back: Tab is the terminal's.

export interface Pane {
  readonly element: HTMLElement
  focus(): void
}

export function walkPanes(panes: readonly Pane[]): void {
  document.addEventListener('keydown', event => {
    if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return
    const shown = panes.filter(({ element }) => !element.hidden)
    const at = shown.findIndex(({ element }) => element.contains(document.activeElement))
    const step = event.shiftKey ? -1 : 1
    shown[(at + step + shown.length) % shown.length]?.focus()
    event.preventDefault()
  })
}
