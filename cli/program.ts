// The command line as a program: finds the command, parses its flags, and says what went wrong in docker's words.

import { Failure } from '../applets/applet.ts'
import { DockerfileError } from '../engine/build/dockerfile.ts'
import { StartError } from '../engine/errors.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { commands } from './commands/index.ts'
import { type Command, messageOf, type ProgramOptions, Refusal } from './context.ts'
import { FlagError, flagHelp, parseFlags } from './flags.ts'
import { commandOf, groupHelp, isGroup } from './groups.ts'

export function cowboxProgram(options: ProgramOptions): Program {
  return { name: options.name, main: proc => runCommandLine(options, proc) }
}

interface Found {
  readonly command: Command
  readonly rest: readonly string[]
}

async function runCommandLine(options: ProgramOptions, proc: Process): Promise<number> {
  const args = proc.argv.slice(1)
  const first = args[0]
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && args.length === 1)) {
    await proc.stdout.write(overview(options.name))
    return 0
  }
  if (first === '--version' || first === '-v') {
    await proc.stdout.line(`${options.name} version ${options.version}`)
    return 0
  }
  const asked = first === 'help' ? [...args.slice(1), '--help'] : args
  const found = findCommand(asked)
  if (found) return runCommand(options, proc, found.command, found.rest)
  const [group = '', second = '--help'] = asked
  if (!isGroup(group) || !['--help', '-h'].includes(second)) return unknownCommand(options, proc, asked)
  await proc.stdout.write(groupHelp(options.name, group))
  return 0
}

function findCommand([first = '', ...rest]: readonly string[]): Found | undefined {
  if (isGroup(first)) {
    const [second] = rest
    const command = second === undefined ? undefined : commandOf(first, second)
    return command && { command, rest: rest.slice(1) }
  }
  const command = commands.find(({ name, aliases }) => name === first || aliases.includes(first))
  return command && { command, rest }
}

async function runCommand(
  options: ProgramOptions,
  proc: Process,
  command: Command,
  args: readonly string[],
): Promise<number> {
  const isStart = ['run', 'create'].includes(command.name)
  try {
    const parsed = parseFlags(command.flags, args, command)
    if (parsed.wantsHelp) {
      await proc.stdout.write(helpText(options.name, command))
      return 0
    }
    const { length } = parsed.operands
    if (length < command.least || length > command.most) return await wrongCount(options, proc, command, length)
    return await command.run(options, proc, parsed)
  } catch (error) {
    if (error instanceof FlagError) {
      await proc.stderr.write(
        `${error.message}\n\n${usageLine(options.name, command)}\n\nRun '${options.name} ${command.name} --help' for more information\n`,
      )
      return 125
    }
    return explain(options, proc, command, error, isStart ? 125 : 1)
  }
}

async function explain(
  { name }: ProgramOptions,
  proc: Process,
  command: Command,
  error: unknown,
  status: number,
): Promise<number> {
  if (error instanceof StartError) {
    const prefix = command.name === 'exec' ? 'exec failed: ' : `${name}: failed to create task for container: `
    const during = command.name === 'exec' ? '' : 'error during container init: '
    await proc.stderr.line(`${prefix}unable to start container process: ${during}${error.message}`)
    if (error.advice) await proc.stderr.line(error.advice)
    if (command.name !== 'exec')
      await proc.stderr.write(`\nRun '${name} ${command.name} --help' for more information\n`)
    return error.status
  }
  if (error instanceof DockerfileError) throw error
  if (error instanceof Failure && !(error instanceof Refusal)) {
    await proc.stderr.line(error.message)
    return error.status ?? status
  }
  const text = messageOf(error)
  const isStart = status === 125
  await proc.stderr.line(isStart ? `${name}: Error response: ${text}` : `Error response: ${text}`)
  if (isStart) await proc.stderr.write(`\nRun '${name} ${command.name} --help' for more information\n`)
  return error instanceof Failure ? (error.status ?? status) : status
}

async function wrongCount({ name }: ProgramOptions, proc: Process, command: Command, count: number): Promise<number> {
  const { least, most } = command
  const plural = (n: number) => `${n} argument${n === 1 ? '' : 's'}`
  const rule =
    least === most
      ? least === 0
        ? 'accepts no arguments'
        : `requires ${plural(least)}`
      : count < least
        ? `requires at least ${plural(least)}`
        : `requires at most ${plural(most)}`
  await proc.stderr.write(
    `${name}: '${name} ${command.name}' ${rule}\n\n${usageLine(name, command)}\n\nSee '${name} ${command.name} --help' for more information\n`,
  )
  return 1
}

async function unknownCommand(
  { name }: ProgramOptions,
  proc: Process,
  [first = '', second = '']: readonly string[],
): Promise<number> {
  const [typed, usage, help] = isGroup(first)
    ? [`${first} ${second}`, `\nUsage:  ${name} ${first} COMMAND\n`, `${name} ${first}`]
    : [first, '', name]
  await proc.stderr.write(
    `${name}: unknown command: ${name} ${typed}\n${usage}\nRun '${help} --help' for more information\n`,
  )
  return 1
}

function usageLine(name: string, command: Command): string {
  const options = Object.keys(command.flags).length > 0 ? ' [OPTIONS]' : ''
  return `Usage:  ${name} ${command.name}${options}${command.operands ? ` ${command.operands}` : ''}`
}

function helpText(name: string, command: Command): string {
  const lines = ['', usageLine(name, command), '', command.about, '']
  if (command.aliases.length > 0)
    lines.push('Aliases:', `  ${[command.name, ...command.aliases].map(alias => `${name} ${alias}`).join(', ')}`, '')
  if (Object.keys(command.flags).length > 0) lines.push('Options:', ...flagHelp(command.flags))
  return `${lines.join('\n').replace(/^\n/, '').trimEnd()}\n`
}

function overview(name: string): string {
  const width = Math.max(...commands.map(command => command.name.length)) + 2
  const rows = [...commands]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(command => `  ${command.name.padEnd(width)}${command.about}`)
  return `Usage:  ${name} COMMAND\n\nContainers and images with no daemon, no VM, no root and no Linux\n\nCommands:\n${rows.join('\n')}\n\nRun '${name} COMMAND --help' for more information on a command.\n`
}
