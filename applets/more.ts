import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { applet, inputs, type NamedInput } from './applet.ts'
import { layOut } from './less/layout.ts'
import { RawTerminal } from './raw-terminal.ts'

/** more, as in busybox: page by page on a terminal, else a copy. */
export default applet({
  name: 'more',
  about: 'Show FILEs, or stdin, one page after another',
  operands: '[FILE]...',
  async main(invocation) {
    const { proc, operands, warn } = invocation
    const terminal = await RawTerminal.open(proc)
    try {
      for await (const input of inputs(invocation, operands)) {
        try {
          if (!terminal) for await (const chunk of input.chunks()) await proc.stdout.write(chunk)
          else if (!(await page(proc, terminal, input))) return
        } catch (error) {
          if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
          warn(`read error: ${error.message}`)
        }
      }
    } finally {
      terminal?.close()
    }
  },
})

/** false: the reader has had enough. */
async function page(proc: Process, terminal: RawTerminal, input: NamedInput): Promise<boolean> {
  const { size } = proc.descriptionStat(input.fd)
  let room = terminal.rows - 1
  let shown = 0
  for await (const batch of input.batches()) {
    for (const line of decode(batch).match(/[^\n]*\n|[^\n]+/g) ?? []) {
      const how = { columns: terminal.columns, cutsLines: false, dropsColors: false }
      const rows = layOut(line.replace(/\n$/, ''), how).length
      if (room < rows) {
        const answer = await ask(terminal, size > 0 ? Math.floor((100 * shown) / size) : undefined)
        if (answer === 'quit') return false
        room = answer === 'line' ? rows : terminal.rows - 1
      }
      await terminal.write(line.replace(/\n$/, '\r\n'))
      shown += line.length
      room -= rows
    }
  }
  return true
}

async function ask(terminal: RawTerminal, percent: number | undefined): Promise<'page' | 'line' | 'quit'> {
  await terminal.write(`--More-- ${percent === undefined ? '' : `(${percent}%) `}`)
  for (;;) {
    const key = await terminal.key()
    if (key !== 'resize') await terminal.write('\r\x1b[K')
    if (key === 'q' || key === 'Q' || key === '\x03' || key === 'eof') return 'quit'
    if (key === '\r' || key === '\n') return 'line'
    if (key === ' ' || key === 'f') return 'page'
  }
}
