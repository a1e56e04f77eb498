// Build checks: docker's rules, by docker's names and words (docs.docker.com/reference/build-checks).

import { InvalidReferenceError, parseReference } from '../../image/reference.ts'
import type { CheckDirective, Warning } from './dockerfile.ts'
import type { Instruction, Placed } from './instruction.ts'
import { type LintContext, lintStage, type Report } from './lint-stage.ts'
import { nearest } from './nearest.ts'
import { placed } from './placed.ts'
import { type BuildPlan, type FromInstruction, readGlobals, type Stage } from './plan.ts'
import { substitute } from './substitute.ts'

/** What the rules find, in the order of lines. Skipped rules are not told; experimental ones only where they are asked for. */
export async function lint(plan: BuildPlan, target: Stage, how: LintContext): Promise<Warning[]> {
  const warnings: Warning[] = [...plan.file.warnings]
  const report: Report = (rule, at, message) => {
    warnings.push({ rule, message, line: at.line, endLine: at.endLine })
  }
  lintCasing(plan, report)
  lintNames(plan.stages, report)
  lintDefaults(plan, report)
  for (const stage of plan.stages) lintFrom(plan, stage.from, report)
  for (const instruction of plan.globalArgs) lintDescription(instruction, report)
  for (const index of [...plan.needed(target.index)].sort((a, b) => a - b)) {
    await lintStage(plan, plan.stages[index]!, how, report)
  }
  const { check } = plan.file.directives
  const told = unique(warnings).filter(({ rule }) => isAsked(rule, check))
  return told.sort((a, b) => a.line - b.line)
}

/** Where docker explains a rule. */
export function ruleUrl(rule: string): string {
  const words = rule.replace(/JSON/, 'Json').match(/[A-Z][a-z]*/g) ?? []
  return `https://docs.docker.com/go/dockerfile/rule/${words.join('-').toLowerCase()}/`
}

const EXPERIMENTAL = new Set(['InvalidDefinitionDescription'])

function isAsked(rule: string, { skip, experimental }: CheckDirective): boolean {
  if (EXPERIMENTAL.has(rule)) return experimental.includes(rule) || experimental.includes('all')
  return !skip.includes(rule) && !skip.includes('all')
}

function unique(warnings: readonly Warning[]): Warning[] {
  const keys = new Set<string>()
  return warnings.filter(({ rule, message, line }) => {
    const key = `${rule} ${line} ${message}`
    const isNew = !keys.has(key)
    keys.add(key)
    return isNew
  })
}

/** By the majority of all instructions behind the first FROM. */
function lintCasing({ stages }: BuildPlan, report: Report): void {
  const all: Placed[] = stages.flatMap(stage => [stage.from, ...stage.instructions])
  const lower = all.filter(({ written }) => written === written.toLowerCase()).length
  const upper = all.filter(({ written }) => written === written.toUpperCase()).length
  const isLower = lower > upper
  for (const at of all) {
    const right = isLower ? at.written.toLowerCase() : at.written.toUpperCase()
    if (at.written === right) continue
    const majority = isLower ? 'lowercase' : 'uppercase'
    report(
      'ConsistentInstructionCasing',
      at,
      `Command '${at.written}' should match the case of the command majority (${majority})`,
    )
  }
}

const RESERVED = ['context', 'scratch']

function lintNames(stages: readonly Stage[], report: Report): void {
  const known = new Set<string>()
  for (const { from } of stages) {
    const name = from.name?.toLowerCase()
    if (from.name === undefined || name === undefined) continue
    if (from.name !== name) report('StageNameCasing', from, `Stage name '${from.name}' should be lowercase`)
    if (RESERVED.includes(name)) {
      report('ReservedStageName', from, `Stage name should not use the same name as reserved stage "${name}"`)
    }
    if (known.has(name)) {
      report('DuplicateStageName', from, `Duplicate stage name "${name}", stage names should be unique`)
    }
    known.add(name)
  }
}

/** The image names that come out when nobody gives a build argument. */
function lintDefaults(plan: BuildPlan, report: Report): void {
  const globals = readGlobals(plan.globalArgs, plan.escape, { automatic: plan.automatic })
  const scope = { get: (name: string) => globals.get(name) ?? plan.automatic.get(name) }
  for (const { from } of plan.stages) {
    const name = placed(from, () => substitute(from.image, scope, plan.escape))
    if (isReference(name)) continue
    report(
      'InvalidDefaultArgInFrom',
      from,
      `Default value for ARG ${from.image} results in empty or invalid base image name`,
    )
  }
}

function isReference(name: string): boolean {
  try {
    parseReference(name)
    return true
  } catch (error) {
    if (!(error instanceof InvalidReferenceError)) throw error
    return false
  }
}

function lintFrom(plan: BuildPlan, from: FromInstruction, report: Report): void {
  const { as, written, platform } = from
  const isLower = written === written.toLowerCase()
  const isUpper = written === written.toUpperCase()
  if (as !== undefined && (isLower || isUpper) && as !== (isLower ? as.toLowerCase() : as.toUpperCase())) {
    report('FromAsCasing', from, `'${as}' and '${written}' keywords' casing do not match`)
  }
  lintDescription(from, report)
  const known = [...plan.globals.keys(), ...plan.automatic.keys()]
  for (const name of namesUsed(plan, from)) {
    if (plan.scope.get(name) !== undefined) continue
    const near = nearest(name, known)
    const hint = near ? ` (did you mean ${near}?)` : ''
    report('UndefinedArgInFrom', from, `FROM argument '${name}' is not declared${hint}`)
  }
  if (platform !== undefined) lintPlatform(plan, from, platform, report)
}

function namesUsed(plan: BuildPlan, from: FromInstruction): Set<string> {
  const used = new Set<string>()
  const scope = {
    get(name: string) {
      used.add(name)
      return plan.scope.get(name)
    },
  }
  for (const word of [from.image, from.platform ?? '']) placed(from, () => substitute(word, scope, plan.escape))
  return used
}

function lintPlatform(plan: BuildPlan, from: FromInstruction, platform: string, report: Report): void {
  if (/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform)) {
    report(
      'RedundantTargetPlatform',
      from,
      `Setting platform to predefined ${platform} in FROM is redundant as this is the default behavior`,
    )
  }
  if (platform.includes('$')) return
  const value = plan.platformOf(from) ?? platform
  const [os = '', architecture = ''] = value.split('/')
  const name = from.name?.toLowerCase() ?? ''
  // A stage that says in its name which platform it is for means it.
  if (name !== '' && (name.includes(os) || (architecture !== '' && name.includes(architecture)))) return
  report('FromPlatformFlagConstDisallowed', from, `FROM --platform flag should not use constant value "${value}"`)
}

function lintDescription(at: Instruction, report: Report): void {
  const names = at.kind === 'ARG' ? at.names.map(([name]) => name) : at.kind === 'FROM' && at.name ? [at.name] : []
  const comment = at.comments.at(-1)
  if (comment === undefined || names.length === 0 || names.includes(comment.split(' ')[0] ?? '')) return
  const what = at.kind === 'ARG' ? 'ARG' : 'FROM'
  const shown = names.length > 1 ? '<arg_key>' : names[0]
  report(
    'InvalidDefinitionDescription',
    at,
    `Comment for ${what} should follow the format: \`# ${shown} <description>\``,
  )
}
