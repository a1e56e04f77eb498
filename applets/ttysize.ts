import { applet } from './applet.ts'

/** ttysize, as in busybox: 80 24 without a terminal. */
export default applet({
  name: 'ttysize',
  about: 'Print the size of the terminal: width and height, or what is asked for (w, h)',
  operands: '[w] [h]',
  async main({ proc, operands }) {
    const terminal = [0, 1, 2].map(fd => proc.terminal(fd)).find(Boolean)
    const { columns, rows } = terminal?.size ?? { columns: 80, rows: 24 }
    const words = operands.length === 0 ? ['w', 'h'] : operands
    const shown = words.flatMap(word => (word.startsWith('w') ? [columns] : word.startsWith('h') ? [rows] : []))
    await proc.stdout.line(shown.join(' '))
  },
})
