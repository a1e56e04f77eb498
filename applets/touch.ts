import { flag, text } from '../lib/options.ts'
import { parseDate } from '../lib/parse-date.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'
import { statOf, statOrFail, succeeds } from './refused.ts'

export default applet({
  name: 'touch',
  about: 'Set the times of files, making those that are missing',
  operands: 'FILE...',
  least: 1,
  options: {
    noCreate: flag('-c --no-create', "Don't make files"),
    noDereference: flag('-h --no-dereference', 'Symlinks themselves'),
    access: flag('-a', 'Only the time of access'),
    modification: flag('-m', 'Only the time of modification'),
    date: text('-d --date', 'TIME', 'This time instead of now'),
    time: text('-t', 'TIME', 'This time instead of now: [[CC]YY]MMDDhhmm[.ss]'),
    reference: text('-r --reference', 'FILE', "FILE's times"),
    force: flag('-f', 'Nothing: kept for old scripts, as busybox does'),
  },
  main({ proc, options, operands, warn }) {
    const given = options.date ?? options.time
    const now = proc.kernel.nanoseconds()
    let times: { atime: bigint | 'now'; mtime: bigint | 'now' } = { atime: 'now', mtime: 'now' }
    if (options.reference !== undefined) times = statOrFail(proc, options.reference)
    if (given !== undefined) {
      const seconds = parseDate(given, Number(now / 1_000_000_000n), parseTimeZone(proc.env.get('TZ')))
      if (seconds === undefined) throw new Failure(`invalid date '${given}'`)
      const moment = BigInt(seconds) * 1_000_000_000n
      times = { atime: moment, mtime: moment }
    }
    const both = options.access === options.modification
    const chosen = {
      ...(both || options.access ? { atime: times.atime } : {}),
      ...(both || options.modification ? { mtime: times.mtime } : {}),
    }
    const follow = !options.noDereference
    for (const path of operands) {
      succeeds(warn, path, () => {
        if (!statOf(proc, path, { follow })) {
          if (options.noCreate) return
          const fd = proc.open(path, { write: true, create: true })
          if (typeof fd === 'number') proc.close(fd)
        }
        proc.utimes(path, chosen, { follow })
      })
    }
  },
})
