import { SIGTERM } from '../kernel/signal.ts'
import { flag, parseOptions } from '../lib/options.ts'
import { applet } from './applet.ts'
import { MATCH_OPTIONS, matchProcesses } from './match-processes.ts'
import { sendSignal, signalList, takeSignal } from './send-signal.ts'

const OPTIONS = { ...MATCH_OPTIONS, list: flag('-l', 'List all signals') }

export default applet({
  name: 'pkill',
  about: 'Send a signal (TERM) to processes whose names match an extended regular expression',
  operands: '[-SIG] [PATTERN]',
  options: OPTIONS,
  raw: true,
  async main({ proc, operands: words, warn }) {
    // -SIG comes first, and looks like options.
    const hasSignal = /^-(\d+$|[A-Z])/.test(words[0] ?? '') && !/^-P/.test(words[0]!)
    const { signal, rest } = hasSignal ? takeSignal(words) : { signal: SIGTERM, rest: words }
    const { options, operands } = parseOptions(OPTIONS, rest)
    if (options.list) return void (await proc.stdout.write(signalList()))
    const found = matchProcesses(proc, options, operands)
    for (const { pid } of found) sendSignal(proc, pid, signal, warn)
    return found.length > 0 ? undefined : 1
  },
})
