// docker's groups of commands: `cowbox volume` lists what `cowbox volume ...` may be.

import { commands } from './commands/index.ts'
import type { Command } from './context.ts'

interface Group {
  readonly about: string
  /** Commands that are at the top too. */
  readonly members: readonly string[]
}

const GROUPS: Readonly<Record<string, Group>> = {
  builder: { about: 'Manage builds', members: ['build'] },
  buildx: { about: 'Build images', members: ['build'] },
  container: {
    about: 'Manage containers',
    members:
      'attach commit cp create diff exec export inspect kill logs pause rename restart rm run start stats stop top unpause wait'.split(
        ' ',
      ),
  },
  image: {
    about: 'Manage images',
    members: ['build', 'history', 'import', 'inspect', 'load', 'pull', 'push', 'save', 'tag'],
  },
  system: { about: 'Manage the store', members: [] },
  volume: { about: 'Manage volumes', members: [] },
}

export function isGroup(name: string): boolean {
  return Object.hasOwn(GROUPS, name)
}

/** `volume ls` is written out in the table, by name or alias; `container run` is `run`. */
export function commandOf(group: string, name: string): Command | undefined {
  const whole = `${group} ${name}`
  const own = commands.find(command => command.name === whole || command.aliases.includes(whole))
  return own ?? (GROUPS[group]?.members.includes(name) ? commands.find(command => command.name === name) : undefined)
}

/** What the group's `--help` says. */
export function groupHelp(program: string, group: string): string {
  const { about = '', members = [] } = GROUPS[group] ?? {}
  const rows = new Map<string, string>()
  for (const command of commands) {
    const whole = [command.name, ...command.aliases].find(name => name.startsWith(`${group} `))
    if (whole !== undefined) rows.set(whole.slice(group.length + 1), command.about)
    else if (members.includes(command.name)) rows.set(command.name, command.about)
  }
  const width = Math.max(...[...rows.keys()].map(name => name.length)) + 2
  const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => `  ${name.padEnd(width)}${text}`)
  const more = `Run '${program} ${group} COMMAND --help' for more information on a command.`
  return `Usage:  ${program} ${group} COMMAND\n\n${about}\n\nCommands:\n${lines.join('\n')}\n\n${more}\n`
}
