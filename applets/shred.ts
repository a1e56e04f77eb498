import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, number } from '../lib/options.ts'
import { applet } from './applet.ts'

/** shred, as in busybox. */
export default applet({
  name: 'shred',
  about: 'Overwrite FILEs, and delete them',
  operands: 'FILE...',
  least: 1,
  options: {
    force: flag('-f', 'Make files writable'),
    remove: flag('-u', 'Delete them after'),
    zero: flag('-z', 'With zeros at last'),
    times: number('-n', 'N', 'Overwrite N times', 3, { least: 0 }),
    size: number('-s', 'SIZE', 'So many bytes, not all of the file', undefined, { hasSuffix: true }),
    exact: flag('-x', 'Accepted: sizes are exact'),
    verbose: flag('-v', 'Accepted'),
  },
  notes: ['Files are kept as layers over layers: what lies below is not touched.'],
  async main({ proc, options, operands, warn }) {
    for (const name of operands) {
      try {
        if (options.force) proc.chmod(name, proc.stat(name).mode | 0o200)
        await overwrite(proc, name, options)
        if (options.remove) {
          proc.truncate(name, 0)
          proc.unlink(name)
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`can't open '${name}': ${error.message}`)
      }
    }
  },
})

async function overwrite(
  proc: Process,
  name: string,
  how: { readonly times: number; readonly zero: boolean; readonly size: number | undefined },
): Promise<void> {
  const fd = await proc.open(name, { write: true })
  const size = how.size ?? proc.descriptionStat(fd).size
  for (let turn = 0; turn < how.times + (how.zero ? 1 : 0); turn++) {
    proc.seek(fd, 0)
    for (let left = size; left > 0; ) {
      const count = Math.min(left, 65536)
      await proc.write(fd, turn < how.times ? proc.kernel.host.random(count) : new Uint8Array(count))
      left -= count
      const pause = proc.gate()
      if (pause) await pause
    }
  }
  proc.close(fd)
}
