// Pipelines (POSIX XCU 2.9.2): every stage is a process, and all run at the same time.

import type { Process } from '../../kernel/process.ts'
import type { Compiler, Run } from '../compiler.ts'
import { stageTexts } from '../printer/job-text.ts'
import type { Shell } from '../shell.ts'
import type { Pipeline } from '../syntax.ts'
import { andThen, type Completion, type Later } from './completion.ts'
import { waitForeground } from './foreground.ts'
import { flushAnyway, forkShell } from './fork.ts'
import { compileProcess, runSubshell } from './subshell.ts'
import { failed } from './trap.ts'

export interface Stages {
  readonly pids: readonly number[]
  readonly pgid: number
}

export interface StagesOptions {
  readonly isForeground: boolean
  /** What each does before its command, after its pipes are in place. */
  readonly prepare?: (shell: Shell, isFirst: boolean) => Later<void>
}

export function compilePipeline(compiler: Compiler, node: Pipeline): Run {
  const stages = node.commands.map(command => compileProcess(compiler, command))
  return shell =>
    andThen(flushAnyway(shell), () => waitFor(shell, node, startStages(shell, stages, { isForeground: true })))
}

function waitFor(shell: Shell, node: Pipeline, { pids, pgid }: Stages): Completion {
  return waitForeground(shell, { pids, pgid, texts: () => stageTexts(node) }).then(status => {
    shell.status = status
    return status === 0 || shell.isTested || node.negated ? status : failed(shell, status)
  })
}

export function startStages(shell: Shell, stages: readonly Run[], how: StagesOptions): Stages {
  const pids: number[] = []
  let pgid: number | undefined
  let input: number | undefined
  for (let at = 0; at < stages.length; at++) {
    const pipe = at < stages.length - 1 ? shell.proc.pipe() : undefined
    const ends = { input, output: pipe?.[1], unused: pipe?.[0] }
    const child = forkStage(shell, stages[at]!, ends, { ...how, pgid })
    pgid ??= child.pgid
    pids.push(child.pid)
    if (input !== undefined) shell.proc.close(input)
    if (pipe) shell.proc.close(pipe[1])
    input = pipe?.[0]
  }
  return { pids, pgid: pgid ?? shell.proc.pgid }
}

interface Ends {
  readonly input: number | undefined
  readonly output: number | undefined
  readonly unused: number | undefined
}

function forkStage(
  shell: Shell,
  stage: Run,
  ends: Ends,
  { isForeground, pgid, prepare }: StagesOptions & { pgid: number | undefined },
): Process {
  const body = (inner: Shell) => {
    connect(inner.proc, ends)
    const ready = prepare?.(inner, ends.input === undefined)
    return ready ? ready.then(() => runSubshell(inner, stage)) : runSubshell(inner, stage)
  }
  return forkShell(shell, body, { isForeground, pgid })
}

function connect(proc: Process, { input, output, unused }: Ends): void {
  if (unused !== undefined) proc.close(unused)
  if (input !== undefined) moveTo(proc, input, 0)
  if (output !== undefined) moveTo(proc, output, 1)
}

function moveTo(proc: Process, from: number, to: number): void {
  if (from === to) return
  proc.dup(from, { onto: to })
  proc.close(from)
}
