// coproc: a job whose standard input and output are pipes to this shell, whose ends are in an array.

import type { Compiler, Run } from '../compiler.ts'
import { stageTexts } from '../printer/job-text.ts'
import { andThen } from '../run/completion.ts'
import { detach, flushAnyway } from '../run/fork.ts'
import { startStages } from '../run/pipeline.ts'
import { compileProcess } from '../run/subshell.ts'
import type { Shell } from '../shell.ts'
import type { Coproc } from '../syntax.ts'
import { assignValues } from './arrays.ts'

export function compileCoproc(compiler: Compiler, node: Coproc): Run {
  const stage = compileProcess(compiler, node.body)
  return shell => {
    shell.line = node.line
    return andThen(flushAnyway(shell), () => start(shell, node, stage))
  }
}

function start(shell: Shell, node: Coproc, stage: Run): number {
  const { proc } = shell
  const [input, toInput] = proc.pipe()
  const [fromOutput, output] = proc.pipe()
  const { monitor } = shell.options
  const prepare = (inner: Shell) => {
    if (!monitor) detach(inner.proc)
    for (const [fd, onto] of [
      [input, 0],
      [output, 1],
    ] as const)
      inner.proc.dup(fd, { onto })
    for (const fd of [input, toInput, fromOutput, output]) inner.proc.close(fd)
  }
  const { pids, pgid } = startStages(shell, [stage], { isForeground: false, prepare })
  proc.close(input)
  proc.close(output)
  const ends = [fromOutput, toInput].map(fd => String(moveUp(shell, fd)))
  shell.jobs.add({ pids, pgid: monitor ? pgid : undefined, texts: stageTexts(node) })
  shell.lastBackground = pids.at(-1)
  assignValues(shell, node.name, ends)
  shell.assign(`${node.name}_PID`, String(pids.at(-1)))
  return (shell.status = 0)
}

/** bash: from 63 down. Commands do not get it. */
function moveUp({ proc }: Shell, fd: number): number {
  let free = 63
  while (free > 10 && proc.fds.has(free)) free--
  proc.dup(fd, { onto: free, closeOnExec: true })
  proc.close(fd)
  return free
}
