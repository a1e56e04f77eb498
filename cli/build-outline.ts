// docker build --call=outline and --call=targets: what a Dockerfile can be asked for.

import type { Instruction } from '../engine/build/instruction.ts'
import type { BuildPlan, Stage } from '../engine/build/plan.ts'
import { table } from './table.ts'

/** The target with the build arguments and secrets that it takes. */
export function buildOutline(plan: BuildPlan, target: string | undefined): string {
  const stage = plan.target(target)
  const needed = [...plan.needed(stage.index)].map(index => plan.stages[index]!)
  const instructions: Instruction[] = [...plan.globalArgs, ...needed.flatMap(({ instructions: all }) => all)]
  const blocks = [
    `TARGET:        ${stage.from.name ?? 'default'}\n${describe(stage.from, stage.from.name)}`,
    block('BUILD ARG', ['VALUE', 'DESCRIPTION'], argRows(instructions)),
    block('SECRET', ['REQUIRED'], secretRows(instructions)),
  ]
  return blocks.filter(text => text !== '').join('\n')
}

export function buildTargets(plan: BuildPlan): string {
  const last = plan.stages.at(-1)
  const name = (stage: Stage) =>
    `${stage.from.name ?? '(default)'}${stage === last && stage.from.name ? ' (default)' : ''}`
  const shown = plan.stages.filter(stage => stage.from.name !== undefined || stage === last)
  return table(
    ['TARGET', 'DESCRIPTION'],
    shown.map(stage => [name(stage), description(stage.from, stage.from.name)]),
  )
}

function describe(at: Instruction, name: string | undefined): string {
  const text = description(at, name)
  return text === '' ? '' : `DESCRIPTION:   ${text}\n`
}

/** The comment above that begins with the name. */
function description({ comments }: Instruction, name: string | undefined): string {
  const line = name === undefined ? undefined : comments.find(comment => comment.startsWith(`${name} `))
  return line?.slice((name?.length ?? 0) + 1) ?? ''
}

function argRows(instructions: readonly Instruction[]): string[][] {
  const rows = new Map<string, string[]>()
  for (const at of instructions) {
    if (at.kind !== 'ARG') continue
    for (const [name, initial = ''] of at.names) {
      if (!rows.has(name)) rows.set(name, [name, initial, description(at, name)])
    }
  }
  return [...rows.values()]
}

function secretRows(instructions: readonly Instruction[]): string[][] {
  const mounts = instructions.flatMap(at => (at.kind === 'RUN' ? at.mounts : []))
  return mounts
    .filter(mount => /(?:^|,)type=secret(?:,|$)/.test(mount))
    .map(mount => [
      /(?:^|,)id=([^,]+)/.exec(mount)?.[1] ?? '',
      /(?:^|,)required(?:=true)?(?:,|$)/.test(mount) ? 'true' : '',
    ])
}

function block(title: string, more: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : table([title, ...more], rows)
}
