// What every command of the command line is given.

import { Failure } from '../applets/applet.ts'
import type { Engine } from '../engine/engine.ts'
import type { ContainerHandle } from '../engine/handle.ts'
import { isErrno } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { FlagTable, FlagValues } from './flags.ts'

export interface ProgramOptions {
  readonly engine: Engine
  /** What it was called: `cowbox`, or `docker` where that is meant to feel at home. */
  readonly name: string
  readonly version: string
}

export interface Invocation<Table extends FlagTable> extends ProgramOptions {
  readonly proc: Process
  readonly flags: FlagValues<Table>
  readonly operands: readonly string[]
  readonly given: ReadonlySet<string>
}

export interface CommandDeclaration<Table extends FlagTable> {
  /** `run`, or `image ls`. */
  readonly name: string
  readonly aliases?: readonly string[]
  readonly about: string
  /** How operands are written: `IMAGE [COMMAND] [ARG...]`. */
  readonly operands?: string
  readonly flags?: Table
  readonly least?: number
  readonly most?: number
  readonly stopAtOperand?: boolean
  main(invocation: Invocation<Table>): Promise<number | undefined | void> | number | undefined | void
}

/** A command with its types forgotten, as the table of all commands keeps it. */
export interface Command {
  readonly name: string
  readonly aliases: readonly string[]
  readonly about: string
  readonly operands: string
  readonly flags: FlagTable
  readonly least: number
  readonly most: number
  readonly stopAtOperand: boolean
  run(options: ProgramOptions, proc: Process, parsed: ParsedAny): Promise<number>
}

export interface ParsedAny {
  readonly flags: FlagValues<FlagTable>
  readonly operands: readonly string[]
  readonly given: ReadonlySet<string>
}

export function command<Table extends FlagTable = Record<never, never>>(declared: CommandDeclaration<Table>): Command {
  return {
    name: declared.name,
    aliases: declared.aliases ?? [],
    about: declared.about,
    operands: declared.operands ?? '',
    flags: declared.flags ?? {},
    least: declared.least ?? 0,
    most: declared.most ?? Number.POSITIVE_INFINITY,
    stopAtOperand: declared.stopAtOperand ?? false,
    async run(options, proc, parsed) {
      // The flags were parsed by this command's own table.
      const flags = parsed.flags as FlagValues<Table>
      const status = await declared.main({ ...options, proc, ...parsed, flags })
      return status ?? 0
    },
  }
}

/** Throws what docker says: `No such container: x`. */
export async function requireContainer(engine: Engine, nameOrId: string): Promise<ContainerHandle> {
  const found = await engine.containers.find(nameOrId)
  if (!found) throw new Refusal(`No such container: ${nameOrId}`)
  return found
}

/** Ends a command with docker's `Error response from daemon: ...`, less the daemon. */
export class Refusal extends Failure {}

/** Does something to each operand, printing each that went well; goes on after one that did not. */
export async function forEach(
  { proc, operands }: { readonly proc: Process; readonly operands: readonly string[] },
  act: (operand: string) => Promise<void>,
): Promise<number> {
  let status = 0
  for (const operand of operands) {
    try {
      await act(operand)
      await proc.stdout.line(operand)
    } catch (error) {
      await proc.stderr.line(`Error response: ${messageOf(error)}`)
      status = 1
    }
    await proc.stdout.flush()
  }
  return status
}

/** The message of an error that is meant to be read; anything else goes on up. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && READABLE.has(error.name)) return error.message
  const refused = error instanceof Error ? hostRefusal(error) : undefined
  if (refused === undefined) throw error
  return refused
}

/** What the host's files refuse (a full disk, no permission), as Node says it: `ENOSPC: no space left on device, write`. */
function hostRefusal(error: Error): string | undefined {
  const [, code = '', text, call, path] = /^([A-Z0-9]+): (.*?), (\w+)(?: '(.*?)'.*)?$/.exec(error.message) ?? []
  if (!isErrno(code) || !('code' in error) || error.code !== code) return undefined
  return `${call}${path === undefined ? '' : ` ${path}`}: ${text}`
}

const READABLE = new Set([
  'EngineError',
  'StartError',
  'ImageError',
  'RegistryError',
  'HttpError',
  'InvalidReferenceError',
  'TarError',
  'GzipError',
  'SysError',
  'Failure',
  'TemplateError',
])
