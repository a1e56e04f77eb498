// What this page is, and lines to begin with: a click has one typed into the terminal, for the user to enter.

import type { TerminalView } from './terminal-view.ts'

export interface HelpParts {
  readonly dialog: HTMLDialogElement
  readonly open: HTMLButtonElement
  readonly lines: HTMLElement
}

export class Help {
  constructor({ dialog, open, lines }: HelpParts, current: () => TerminalView | undefined) {
    open.addEventListener('click', () => dialog.showModal())
    dialog.addEventListener('close', () => current()?.focus())
    // A click beside it closes it: that is the dialog's own, all else being in it.
    dialog.addEventListener('click', event => {
      if (event.target === dialog) dialog.close()
    })
    lines.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLButtonElement)) return
      dialog.close()
      current()?.paste(target.textContent ?? '')
    })
  }
}
