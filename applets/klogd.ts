import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGHUP, SIGINT, SIGTERM } from '../kernel/signal.ts'
import { flag, number } from '../lib/options.ts'
import { applet } from './applet.ts'
import { becomeDaemon } from './daemon.ts'
import { sendToLog } from './system-log.ts'

/** kern.notice */
const PRIORITY = 5

/** klogd, as in busybox. The kernel here says nothing: only that it began and ended is logged. */
export default applet({
  name: 'klogd',
  about: 'Log what the kernel says (here: nothing)',
  options: {
    level: number('-c', 'N', 'Accepted: there is no console that it would be printed on', 7, { least: 1, most: 8 }),
    foreground: flag('-n', 'In the foreground'),
  },
  notes: ['Partly: there is no ring of the kernel to read.'],
  async main({ proc, options }) {
    if (options.foreground) return await run(proc)
    becomeDaemon(proc, run)
    return 0
  },
})

async function run(proc: Process): Promise<number> {
  for (const signal of [SIGTERM, SIGINT, SIGHUP]) proc.onSignal(signal, () => {})
  await sendToLog(proc, PRIORITY, 'kernel', 'klogd started: BusyBox v1.35.0')
  try {
    await proc.sleepOn(undefined)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
  }
  await sendToLog(proc, PRIORITY, 'kernel', 'klogd: exiting')
  return 0
}
