// Every program of the box, by each of its names.

import { applets } from '../applets/index.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { layOut } from '../lib/columns.ts'
import { bash } from '../shell/bash.ts'
import { ash, sh } from '../shell/sh.ts'

export function allPrograms(): Map<string, Program> {
  const programs = new Map<string, Program>([
    ['sh', sh],
    ['ash', ash],
  ])
  for (const applet of applets) for (const name of [applet.name, ...applet.aliases]) programs.set(name, applet)
  programs.set('busybox', busybox(new Map(programs)))
  // Nothing of busybox: the image `cowbox/bash` has it.
  programs.set('bash', bash)
  return programs
}

/** `busybox NAME ...` runs NAME; alone it lists what there is. */
function busybox(programs: ReadonlyMap<string, Program>): Program {
  return {
    name: 'busybox',
    async main(proc: Process) {
      const [, first, ...words] = proc.argv
      // `busybox --help NAME` is `NAME --help`.
      const [name, ...args] = first === '--help' && words[0] !== undefined ? [words[0], '--help'] : [first, ...words]
      const names = [...programs.keys()].sort()
      if (name === '--list') return print(proc, `${names.join('\n')}\n`)
      if (name === undefined || name === '--help') return print(proc, overview(names))
      const program = programs.get(name)
      if (!program) {
        await proc.stderr.line(`${name}: applet not found`)
        return 127
      }
      return proc.execProgram(program, [name, ...args])
    },
  }
}

async function print(proc: Process, text: string): Promise<number> {
  await proc.stdout.write(text)
  return 0
}

function overview(names: readonly string[]): string {
  const list = layOut(
    names.map(name => `${name},`),
    { width: 70 },
  ).map(line => `\t${line.trimEnd()}`)
  return `cowbox: many commands in one file.\n\nUsage: busybox [FUNCTION [ARGUMENTS]...]\n   or: busybox --list\n\nCommands:\n${list.join('\n').replace(/,$/, '')}\n`
}
