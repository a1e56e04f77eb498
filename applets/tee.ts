import { SysError } from '../kernel/errno.ts'
import { SIGINT, SIGPIPE } from '../kernel/signal.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

/** tee, POSIX XCU. */
export default applet({
  name: 'tee',
  about: 'Copy stdin to stdout and to each FILE',
  operands: '[FILE]...',
  options: {
    append: flag('-a', 'Add to the end of FILEs'),
    ignore: flag('-i', 'Ignore interrupts (SIGINT)'),
  },
  async main({ proc, options, operands, warn }) {
    if (options.ignore) proc.onSignal(SIGINT, 'ignore')
    // busybox: a reader that goes away is no reason to stop writing to the others.
    proc.onSignal(SIGPIPE, 'ignore')
    const outputs: Target[] = [{ name: 'stdout', fd: 1 }]
    for (const name of operands) {
      try {
        const fd = name === '-' ? 1 : await proc.open(name, openFlags(options.append))
        outputs.push({ name, fd })
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`${name}: ${error.message}`)
      }
    }
    for await (const chunk of proc.stdin.chunks()) {
      for (const output of [...outputs]) {
        try {
          // What is written is given away, and here it goes to several.
          await proc.write(output.fd, outputs.length === 1 ? chunk : chunk.slice())
        } catch (error) {
          if (!(error instanceof SysError)) throw error
          // busybox asks stdio, which only knows that something went wrong.
          warn(`${output.name}: ${output.fd === 1 ? error.message : 'I/O error'}`)
          outputs.splice(outputs.indexOf(output), 1)
        }
      }
      if (outputs.length === 0) return 1
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})

interface Target {
  readonly name: string
  readonly fd: number
}

function openFlags(append: boolean) {
  return { write: true, create: true, ...(append ? { append: true } : { truncate: true }) }
}
