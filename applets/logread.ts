import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { RING_PATH } from './system-log.ts'

/** How often -f looks for more. */
const LOOK_MS = 1000

/** logread, as in busybox. */
export default applet({
  name: 'logread',
  about: 'Show what syslogd -C keeps in memory',
  options: {
    follow: flag('-f', 'Only what comes, as it comes'),
    followAll: flag('-F', 'What there is, and what comes'),
  },
  async main({ proc, options }) {
    const first = readRing(proc)
    if (!first) throw new Failure("can't find syslogd buffer: No such file or directory")
    if (!options.follow) await proc.stdout.write(first.text)
    if (!options.follow && !options.followAll) {
      if (first.text.length === 0) throw new Failure('<empty syslog>', 0)
      return
    }
    let seen = first.dropped + first.text.length
    for (;;) {
      await proc.stdout.flush()
      await proc.sleep(LOOK_MS)
      const ring = readRing(proc)
      if (!ring) return
      const fresh = ring.text.subarray(Math.max(0, seen - ring.dropped))
      await proc.stdout.write(fresh.slice())
      seen = ring.dropped + ring.text.length
    }
  },
})

function readRing(proc: Process): { readonly dropped: number; readonly text: Uint8Array } | undefined {
  try {
    const bytes = proc.contentsOf(RING_PATH)
    const end = bytes.indexOf(10)
    return { dropped: Number(decode(bytes.subarray(0, end))), text: bytes.slice(end + 1) }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
