import { applet } from './applet.ts'

/** resize, as in busybox: what a shell is to evaluate. The terminal here always knows its size. */
export default applet({
  name: 'resize',
  about: 'Print shell commands that set COLUMNS and LINES to the size of the terminal',
  async main({ proc }) {
    const terminal = [2, 0, 1].map(fd => proc.terminal(fd)).find(Boolean)
    const { columns, rows } = terminal?.size ?? { columns: 80, rows: 24 }
    await proc.stdout.write(`COLUMNS=${columns};LINES=${rows};export COLUMNS LINES;\n`)
  },
})
