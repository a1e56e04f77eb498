// What the bundler puts into the bundles: the base image (rootfs/baked.ts), and what is known of programs before they run.

import { applets } from '../applets/index.ts'
import { commands } from '../cli/commands/index.ts'
import { allPrograms } from '../cli/programs.ts'
import { bakeBase } from '../rootfs/build.ts'
import * as bash from '../shell/bash.ts'
import * as shell from '../shell/sh.ts'

export const base = bakeBase([...allPrograms().keys()])

/** Of each applet and command what is asked before it runs. */
export const late = {
  applets: applets.map(applet => ({
    words: { name: applet.name, aliases: applet.aliases },
    keys: Object.keys(applet),
  })),
  commands: commands.map(command => {
    const { name, aliases, about } = command
    return { words: { name, aliases, about }, keys: Object.keys(command) }
  }),
  shell: exportsOf(shell),
  bash: exportsOf(bash),
}

/** The programs and the functions of a module. */
function exportsOf(module: object): { programs: string[]; functions: string[] } {
  const names = Object.entries(module)
  const named = (isFunction: boolean) =>
    names.filter(([, value]) => (typeof value === 'function') === isFunction).map(([name]) => name)
  return { programs: named(false), functions: named(true) }
}
