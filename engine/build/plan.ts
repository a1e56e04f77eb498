// What a Dockerfile asks for, before anything is done: its stages, the ARGs that FROM lines see, and which stages are needed.

import { InvalidReferenceError, parseReference } from '../../image/reference.ts'
import { EngineError } from '../errors.ts'
import { type Dockerfile, DockerfileError } from './dockerfile.ts'
import { distance, type Instruction, understand } from './instruction.ts'
import { placed } from './placed.ts'
import { type Scope, substitute } from './substitute.ts'

export type FromInstruction = Instruction & { readonly kind: 'FROM' }
export type ArgInstruction = Instruction & { readonly kind: 'ARG' }

export interface Stage {
  readonly index: number
  readonly from: FromInstruction
  readonly instructions: Instruction[]
  /** In lower case; its number when it has none. */
  readonly name: string
}

export interface PlanOptions {
  readonly buildArgs?: ReadonlyMap<string, string>
  /** The ARGs that are there without being given: TARGETPLATFORM and so on. */
  readonly automatic: ReadonlyMap<string, string>
}

export class BuildPlan {
  readonly file: Dockerfile
  readonly escape: string
  readonly stages: readonly Stage[]
  /** ARGs before the first FROM. */
  readonly globalArgs: readonly ArgInstruction[]
  /** Their values. */
  readonly globals = new Map<string, string>()
  readonly automatic: ReadonlyMap<string, string>

  /** Throws DockerfileError in BuildKit's words. */
  constructor(file: Dockerfile, how: PlanOptions) {
    this.file = file
    this.escape = file.directives.escape
    this.automatic = how.automatic
    const { stages, globalArgs } = divide(file.instructions.map(raw => understand(raw, this.escape)))
    this.stages = stages
    this.globalArgs = globalArgs
    for (const [name, value] of readGlobals(globalArgs, this.escape, how)) this.globals.set(name, value)
  }

  /** Where FROM looks variables up. */
  get scope(): Scope {
    return { get: name => this.globals.get(name) ?? this.automatic.get(name) }
  }

  /** The stage to build: the last when none is named. */
  target(name: string | undefined): Stage {
    if (name === undefined) return this.stages.at(-1)!
    const found = this.find(name)
    if (found) return found
    const near = this.stages.map(stage => stage.name).find(known => distance(known, name) <= 2)
    const hint = near ? ` (did you mean ${near}?)` : ''
    throw new EngineError('build-failed', `target stage "${name}" could not be found${hint}`)
  }

  /** By name, else by number, among the first `before`. */
  find(name: string, before = this.stages.length): Stage | undefined {
    const wanted = name.toLowerCase()
    const earlier = this.stages.slice(0, before)
    return earlier.findLast(stage => stage.name === wanted) ?? earlier.find(stage => String(stage.index) === wanted)
  }

  /** The stages that a stage stands on or copies from, itself included. */
  needed(index: number, found = new Set<number>()): ReadonlySet<number> {
    if (found.has(index)) return found
    found.add(index)
    const stage = this.stages[index]!
    for (const name of [this.imageName(stage.from), ...stage.instructions.flatMap(sourcesOf)]) {
      const other = this.find(name, index)
      if (other) this.needed(other.index, found)
    }
    return found
  }

  /** What FROM names, variables replaced. */
  imageName(from: FromInstruction): string {
    const name = placed(from, () => substitute(from.image, this.scope, this.escape))
    if (name === '') throw new DockerfileError(`base name (${from.image}) should not be blank`, from.line, from.endLine)
    const isStage = this.find(name) !== undefined
    if (!isStage && name !== 'scratch') requireReference(from, name)
    return name
  }

  platformOf(from: FromInstruction): string | undefined {
    const { platform } = from
    return platform === undefined ? undefined : placed(from, () => substitute(platform, this.scope, this.escape))
  }
}

/** The value of each global ARG: what was given, else its default. */
export function readGlobals(
  args: readonly ArgInstruction[],
  escape: string,
  { buildArgs, automatic }: PlanOptions,
): Map<string, string> {
  const globals = new Map<string, string>()
  for (const instruction of args) {
    for (const [name, initial] of instruction.names) {
      const scope = { get: (key: string) => globals.get(key) ?? automatic.get(key) }
      const written = initial === undefined ? undefined : placed(instruction, () => substitute(initial, scope, escape))
      const value = buildArgs?.get(name) ?? written
      if (value !== undefined) globals.set(name, value)
    }
  }
  return globals
}

function divide(instructions: readonly Instruction[]): { stages: Stage[]; globalArgs: ArgInstruction[] } {
  const stages: Stage[] = []
  const globalArgs: ArgInstruction[] = []
  for (const instruction of instructions) {
    const stage = stages.at(-1)
    if (instruction.kind === 'FROM') {
      const index = stages.length
      const name = instruction.name?.toLowerCase() ?? String(index)
      stages.push({ index, from: instruction, instructions: [], name })
    } else if (stage) stage.instructions.push(instruction)
    else if (instruction.kind === 'ARG') globalArgs.push(instruction)
    else throw new DockerfileError('no build stage in current context', instruction.line, instruction.endLine)
  }
  if (stages.length === 0) throw new DockerfileError('no build stage in current context', 1)
  return { stages, globalArgs }
}

/** Stages or images that an instruction copies from or mounts. */
function sourcesOf(instruction: Instruction): string[] {
  if (instruction.kind === 'COPY' || instruction.kind === 'ADD') return instruction.from ? [instruction.from] : []
  if (instruction.kind !== 'RUN') return []
  return instruction.mounts.flatMap(mount => /(?:^|,)from=([^,]+)/.exec(mount)?.[1] ?? [])
}

function requireReference(at: FromInstruction, name: string): void {
  try {
    parseReference(name)
  } catch (error) {
    if (!(error instanceof InvalidReferenceError)) throw error
    throw new DockerfileError(`failed to parse stage name "${name}": ${error.message}`, at.line, at.endLine)
  }
}
