import { flag, text } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { FACILITIES, LEVELS, sendToLog } from './system-log.ts'

const ALIASES: Readonly<Record<string, string>> = { error: 'err', warn: 'warning', panic: 'emerg', security: 'auth' }

/** logger, as in busybox: to syslogd, where it runs. */
export default applet({
  name: 'logger',
  about: 'Write MESSAGE, or the lines of stdin, to the system log (syslogd reads it; -s shows them)',
  operands: '[MESSAGE]...',
  options: {
    stderr: flag('-s', 'To stderr too'),
    tag: text('-t', 'TAG', "The tag (the user's name)"),
    priority: text('-p', 'PRIO', 'A number, or FACILITY.LEVEL', 'user.notice'),
  },
  async main({ proc, options, operands }) {
    const priority = parsePriority(options.priority)
    const tag = options.tag ?? new Accounts(proc).userName(proc.credentials.uid) ?? String(proc.credentials.uid)
    const log = async (message: string) => {
      if (options.stderr) await proc.stderr.line(`${tag}: ${message}`)
      await sendToLog(proc, priority, tag, message)
    }
    if (operands.length > 0) return log(operands.join(' ')).then(() => 0)
    for await (const line of proc.stdin.lines()) if (line !== '') await log(line)
    return 0
  },
})

function parsePriority(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const parts = text.split('.')
  const [facility, level] = parts.length === 1 ? ['user', parts[0]!] : [parts[0]!, parts[1]!]
  const facilityNumber = FACILITIES.indexOf(ALIASES[facility] ?? facility)
  if (facilityNumber < 0) throw new Failure(`unknown facility name: ${facility}`)
  const levelNumber = LEVELS.indexOf(ALIASES[level] ?? level)
  if (levelNumber < 0) throw new Failure(`unknown priority name: ${text}`)
  return facilityNumber * 8 + levelNumber
}
