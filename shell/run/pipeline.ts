// Pipelines (POSIX XCU 2.9.2): every stage is a process, and all run at the same time.

import type { Process } from '../../kernel/process.ts'
import type { Compiler, Run } from '../compiler.ts'
import { jobText } from '../printer/job-text.ts'
import type { Shell } from '../shell.ts'
import type { Pipeline } from '../syntax.ts'
import { andThen, type Completion } from './completion.ts'
import { waitForeground } from './foreground.ts'
import { flushAnyway, forkShell } from './fork.ts'
import { runSubshell } from './subshell.ts'
import { failed } from './trap.ts'

export interface Stages {
  readonly pids: number[]
  readonly pgid: number
}

export function compilePipeline(compiler: Compiler, node: Pipeline): Run {
  const stages = node.commands.map(command => compiler.statement(command, true))
  return shell => andThen(flushAnyway(shell), () => waitFor(shell, node, startStages(shell, stages)))
}

/** In the background the last stage is the job's own process: `$!` is its pid (POSIX XCU 2.9.3.1). */
export function compileBackgroundPipeline(compiler: Compiler, node: Pipeline): Run {
  const stages = node.commands.map(command => compiler.statement(command, true))
  const whole = compilePipeline(compiler, node)
  const last = stages.pop()
  if (!last || node.negated || stages.length === 0) return whole
  return shell => {
    if (shell.options.pipefail) return whole(shell)
    const [read, write] = shell.proc.pipe()
    startStages(shell, stages, { read, write })
    shell.proc.close(write)
    moveTo(shell.proc, read, 0)
    return last(shell)
  }
}

function waitFor(shell: Shell, node: Pipeline, { pids, pgid }: Stages): Completion {
  return waitForeground(shell, { pids, pgid, text: () => jobText(node) }).then(status => {
    shell.status = status
    return status === 0 || shell.isTested || node.negated ? status : failed(shell, status)
  })
}

/** `after`: the pipe that the last of them writes to. */
function startStages(shell: Shell, stages: readonly Run[], after?: { read: number; write: number }): Stages {
  const pids: number[] = []
  let pgid: number | undefined
  let input: number | undefined
  for (let at = 0; at < stages.length; at++) {
    const pipe = at < stages.length - 1 ? shell.proc.pipe() : undefined
    const ends = { input, output: pipe?.[1] ?? after?.write, unused: pipe?.[0] ?? after?.read }
    const child = forkStage(shell, stages[at]!, ends, pgid)
    pgid ??= child.pgid
    pids.push(child.pid)
    if (input !== undefined) shell.proc.close(input)
    if (pipe) shell.proc.close(pipe[1])
    input = pipe?.[0]
  }
  return { pids, pgid: pgid ?? shell.proc.pgid }
}

function forkStage(shell: Shell, stage: Run, ends: Ends, pgid: number | undefined): Process {
  return forkShell(shell, inner => runStage(inner, stage, ends), { isForeground: true, pgid })
}

interface Ends {
  readonly input: number | undefined
  readonly output: number | undefined
  readonly unused: number | undefined
}

function runStage(shell: Shell, stage: Run, { input, output, unused }: Ends): Promise<number> {
  if (unused !== undefined) shell.proc.close(unused)
  if (input !== undefined) moveTo(shell.proc, input, 0)
  if (output !== undefined) moveTo(shell.proc, output, 1)
  return runSubshell(shell, stage)
}

function moveTo(proc: Process, from: number, to: number): void {
  if (from === to) return
  proc.dup(from, { onto: to })
  proc.close(from)
}
