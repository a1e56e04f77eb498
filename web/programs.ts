// Every command of the box, by each of its names.

import { applets } from '../applets/index.ts'
import type { Program } from '../kernel/program.ts'
import { ash, sh } from '../shell/sh.ts'

export function boxPrograms(): ReadonlyMap<string, Program> {
  const programs = new Map<string, Program>()
  for (const applet of applets) for (const name of [applet.name, ...applet.aliases]) programs.set(name, applet)
  for (const shell of [sh, ash]) programs.set(shell.name, shell)
  return programs
}
