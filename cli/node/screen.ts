// What a person would see on a terminal: xterm.js without a window, fed with what the box writes.

import type { Terminal } from '@xterm/xterm'
import type { Screen } from '../../engine/box.ts'
import type { Size } from '../../engine/container.ts'

export function openScreen(size: Size): Screen {
  // It is loaded by the first terminal of a test, and by nothing else.
  const terminal = import('@xterm/xterm').then(({ Terminal: Made }) => {
    return new Made({ rows: size.rows, cols: size.columns, allowProposedApi: true, scrollback: 10_000 })
  })
  let written: Promise<Terminal> = terminal
  return {
    write(bytes) {
      const copy = bytes.slice()
      written = written.then(made => new Promise(resolve => made.write(copy, () => resolve(made))))
    },
    lines: async () => linesOf(await written),
    cursor: async () => {
      const { active } = (await written).buffer
      return { row: active.cursorY, column: active.cursorX }
    },
  }
}

function linesOf({ buffer: { active }, rows }: Terminal): string[] {
  const lines = Array.from(
    { length: rows },
    (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString(true)
        .trimEnd() ?? '',
  )
  return lines.slice(0, lines.findLastIndex(line => line !== '') + 1)
}
