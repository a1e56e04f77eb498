// Pipelines as bash has them: PIPESTATUS, `time`, and lastpipe.

import type { Compiler, Run } from '../compiler.ts'
import { andThen, type Completion, type Finished } from '../run/completion.ts'
import { negate } from '../run/list.ts'
import { compilePipeline } from '../run/pipeline.ts'
import type { Shell } from '../shell.ts'
import type { Pipeline } from '../syntax.ts'

export function compileBashPipeline(compiler: Compiler, node: Pipeline): Run {
  const [only] = node.commands
  const run = node.commands.length === 1 && only ? compiler.statement(only) : compilePipeline(compiler, node)
  const whole: Run = node.negated ? shell => negated(shell, run) : run
  return node.timed ? timed(whole, node.timed) : whole
}

/** PIPESTATUS keeps what `!` turns. */
function negated(shell: Shell, run: Run): Completion {
  return andThen(
    negate(shell, inner => andThen(run(inner), done => kept(inner, done))),
    done => done,
  )
}

function kept(shell: Shell, done: Finished): Finished {
  if (shell.bash && typeof done === 'number') shell.bash.pipeStatus ??= [done]
  return done
}

/** What it took is said on stderr, as TIMEFORMAT wants it. */
function timed(run: Run, kind: 'time' | 'time -p'): Run {
  return shell => {
    const { clock } = shell.proc.kernel
    const begun = clock.now()
    const cpu = cpuOf(shell)
    return andThen(run(shell), done => {
      const after = cpuOf(shell)
      const times = { real: (clock.now() - begun) / 1000, user: after.user - cpu.user, sys: after.system - cpu.system }
      const format = kind === 'time -p' ? POSIX : (shell.variables.get('TIMEFORMAT') ?? USUAL)
      if (format !== '') shell.say(`${formatTimes(format, times)}\n`)
      return done
    })
  }
}

const POSIX = 'real %2R\nuser %2U\nsys %2S'
const USUAL = '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS'

function cpuOf({ proc }: Shell): { user: number; system: number } {
  const { cpu } = proc
  return { user: cpu / 1000, system: 0 }
}

interface Times {
  readonly real: number
  readonly user: number
  readonly sys: number
}

function formatTimes(format: string, { real, user, sys }: Times): string {
  return format.replace(/%(?:(%)|P|(\d?)(l?)([RUS]))/g, (_, percent, digits, long, letter) => {
    if (percent) return '%'
    if (!letter) return real > 0 ? (((user + sys) / real) * 100).toFixed(2) : '0.00'
    const seconds = letter === 'R' ? real : letter === 'U' ? user : sys
    const places = digits === '' ? 3 : Math.min(3, Number(digits))
    if (!long) return seconds.toFixed(places)
    return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(places)}s`
  })
}
