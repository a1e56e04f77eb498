import { type AnalyzedLayer, analyzeLayers, type LayerAnalysis, type PathChange } from '../../image/layer-analysis.ts'
import { imageDigests, type LayerDigests } from '../../image/layer-digests.ts'
import { humanSize } from '../../lib/human.ts'
import { command, Refusal } from '../context.ts'
import { boolean, integer, string } from '../flags.ts'
import { differenceOf, differenceText } from '../image-difference.ts'

/** Which file comes from which layer, and what the layers waste; with --ci an answer to rules, as dive's. */
export default command({
  name: 'layers',
  aliases: ['image layers'],
  about: 'Show what each layer of an image adds, changes, removes and wastes',
  operands: 'IMAGE',
  least: 1,
  most: 1,
  flags: {
    against: string('--against', 'Show what another image has otherwise: files, and configuration'),
    ci: boolean(
      '--ci',
      'Check the rules, and end with status 1 when one is broken; with --against, when anything differs',
    ),
    depth: integer('--depth', 'Show so many levels of the tree', 3),
    digests: boolean('--digests', 'Print the digest of each layer, of its archive and of every file in it'),
    highestUserWastedPercent: string(
      '--highestUserWastedPercent',
      "Most of the user's bytes that may be wasted, 0 to 1",
      '0.1',
    ),
    highestWastedBytes: string('--highestWastedBytes', 'Most bytes that may be wasted, or "disabled"', 'disabled'),
    json: boolean('--json', 'Print the analysis as JSON'),
    lowestEfficiency: string('--lowestEfficiency', 'Least efficiency, 0 to 1', '0.9'),
  },
  async main({ engine, proc, flags, operands: [name = ''] }) {
    const image = await engine.requireImage(name)
    if (flags.against !== undefined) {
      const difference = await differenceOf(engine, image, await engine.requireImage(flags.against))
      await proc.stdout.write(flags.json ? `${JSON.stringify(difference, null, 2)}\n` : differenceText(difference))
      return flags.ci && difference.files.length + difference.config.length > 0 ? 1 : 0
    }
    if (flags.digests) {
      const layers = await imageDigests(engine.store, image, engine.digester)
      await proc.stdout.write(flags.json ? `${JSON.stringify(layers, null, 2)}\n` : layers.map(digestsText).join('\n'))
      return 0
    }
    const analysis = await analyzeLayers(engine.store, image, engine.digester)
    if (flags.json) await proc.stdout.line(JSON.stringify(analysis, null, 2))
    else if (!flags.ci) {
      for (const [index, layer] of analysis.layers.entries())
        await proc.stdout.write(layerText(layer, index, flags.depth))
    }
    if (!flags.json) await proc.stdout.write(summary(analysis))
    if (!flags.ci) return 0
    const results = judge(analysis, flags)
    await proc.stdout.write(resultText(results))
    return results.some(({ outcome }) => outcome === 'FAIL') ? 1 : 0
  },
})

/** As sha256sum's lines, behind the layer's own. */
function digestsText({ blob, diffId, files }: LayerDigests): string {
  const lines = files.map(({ path, digest }) => `${digest.slice('sha256:'.length)}  ${path}`)
  return [`layer ${blob}`, `archive ${diffId}`, ...lines, ''].join('\n')
}

const LETTERS = { added: 'A', changed: 'C', removed: 'D' } as const

function layerText({ digest, createdBy, size, hidden, changes }: AnalyzedLayer, index: number, depth: number): string {
  const lines = [`Layer ${index + 1}  ${digest.slice(7, 19)}  ${humanSize(size)}  ${createdBy.replace(/\s+/g, ' ')}`]
  for (const change of folded(changes, depth)) {
    const { kind, path, isDirectory, size: bytes } = change
    const level = path.split('/').length
    const name = `${path.split('/').at(-1)}${isDirectory ? '/' : ''}`
    lines.push(`  ${LETTERS[kind]} ${humanSize(bytes).padStart(8)} ${'  '.repeat(level)}${name}${moreText(change)}`)
  }
  if (hidden > 0) lines.push(`  hides ${humanSize(hidden)} of the layers below`)
  return `${lines.join('\n')}\n\n`
}

type Folded = PathChange & { readonly below: number }

/** What lies deeper counts to the last level that is shown. */
function folded(changes: readonly PathChange[], depth: number): Folded[] {
  const shown = new Map<string, { change: PathChange; size: number; below: number }>()
  for (const change of changes) {
    const names = change.path.split('/')
    const path = names.slice(0, depth).join('/')
    const known = shown.get(path)
    if (known) {
      known.size += change.size
      known.below++
    } else if (names.length <= depth) shown.set(path, { change, size: change.size, below: 0 })
    else
      shown.set(path, { change: { ...change, path, isDirectory: true, kind: 'changed' }, size: change.size, below: 1 })
  }
  return Array.from(shown.values(), ({ change, size, below }) => ({ ...change, size, below }))
}

function moreText({ below }: Folded): string {
  return below === 0 ? '' : `  (${below} more)`
}

function summary({ efficiency, wastedBytes, wastedUserPart, wasted }: LayerAnalysis): string {
  const lines = [
    `  efficiency: ${percent(efficiency)} %`,
    `  wastedBytes: ${wastedBytes} bytes (${humanSize(wastedBytes)})`,
    `  userWastedPercent: ${percent(wastedUserPart)} %`,
  ]
  if (wasted.length > 0) lines.push('Inefficient Files:', 'Count  Wasted Space  File Path')
  for (const { count, size, path } of wasted.slice(0, 20)) {
    lines.push(`${String(count).padStart(5)}  ${humanSize(size).padStart(12)}  /${path}`)
  }
  return `${lines.join('\n')}\n`
}

function percent(part: number): string {
  return (part * 100).toFixed(4)
}

interface RuleResult {
  readonly rule: string
  readonly outcome: 'PASS' | 'FAIL' | 'SKIP'
  readonly reason: string
}

interface Rules {
  readonly lowestEfficiency: string
  readonly highestWastedBytes: string
  readonly highestUserWastedPercent: string
}

function judge(analysis: LayerAnalysis, rules: Rules): RuleResult[] {
  const { efficiency, wastedBytes, wastedUserPart } = analysis
  return [
    rule('highestUserWastedPercent', rules.highestUserWastedPercent, wastedUserPart, 'most'),
    rule('highestWastedBytes', rules.highestWastedBytes, wastedBytes, 'most'),
    rule('lowestEfficiency', rules.lowestEfficiency, efficiency, 'least'),
  ]
}

function rule(name: string, text: string, found: number, kind: 'most' | 'least'): RuleResult {
  if (text === 'disabled') return { rule: name, outcome: 'SKIP', reason: 'rule disabled' }
  const limit = limitOf(name, text)
  if (kind === 'most' ? found <= limit : found >= limit) return { rule: name, outcome: 'PASS', reason: '' }
  const words = kind === 'most' ? 'too high' : 'too low'
  return { rule: name, outcome: 'FAIL', reason: `${words} (found=${found} threshold=${limit})` }
}

/** A number, or bytes with a unit: `20MB`. */
function limitOf(name: string, text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text) ?? []
  if (digits === undefined) throw new Refusal(`invalid config value ('${text}') for rule ${name}`)
  return Number(digits) * 1000 ** ' kmgt'.indexOf(unit.toLowerCase() || ' ')
}

function resultText(results: readonly RuleResult[]): string {
  const count = (wanted: RuleResult['outcome']) => results.filter(({ outcome }) => outcome === wanted).length
  const lines = results.map(({ rule: name, outcome, reason }) => `  ${outcome}: ${name}${reason ? `: ${reason}` : ''}`)
  const total = count('FAIL') > 0 ? 'FAIL' : 'PASS'
  const counts = `[Total:${results.length}] [Passed:${count('PASS')}] [Failed:${count('FAIL')}] [Skipped:${count('SKIP')}]`
  return `Results:\n${lines.join('\n')}\nResult:${total} ${counts}\n`
}
