// `npm run fuzz -- shells [--draws N] [--seed N]`: random scripts under ours, under dash, and where that differs under ash.
// A script is the same when stdout and status are those of dash. What is left is explained by differences.ts, or printed.

import fc from 'fast-check'
import { AS_ASH, type Compared, type Difference, harmless } from './differences.ts'
import { runOurs } from './our-shell.ts'
import { type Answer, RealShell } from './real-shells.ts'
import { scripts } from './script.ts'

const BATCH = 250

interface Tally {
  asDash: number
  asAsh: number
  readonly explained: Map<Difference, number>
  found: number
}

/** How many differ without a reason. */
export async function fuzzShells(draws: number, seed: number): Promise<number> {
  const started = performance.now()
  const shells = { dash: new RealShell('dash'), ash: new RealShell('ash') }
  const tally: Tally = { asDash: 0, asAsh: 0, explained: new Map(), found: 0 }
  try {
    for (let at = 0; at < draws; at += BATCH) {
      const seeds = Array.from({ length: Math.min(BATCH, draws - at) }, (_, index) => seed + at + index)
      await runBatch(seeds, shells, tally)
      if ((at / BATCH) % 8 === 7) console.log(`fuzz: ${at + seeds.length} scripts, ${tally.found} differ`)
    }
  } finally {
    shells.dash.close()
    shells.ash.close()
  }
  report(tally, { draws, seed, seconds: (performance.now() - started) / 1000 })
  return tally.found
}

/** The script of a seed. */
export function scriptOf(seed: number): string {
  return fc.sample(scripts, { seed, numRuns: 1 })[0] ?? ''
}

type Shells = Record<'dash' | 'ash', RealShell>
type Texts = ReadonlyMap<number, string>

async function runBatch(seeds: readonly number[], shells: Shells, tally: Tally): Promise<void> {
  const { same, different } = await compare(new Map(seeds.map(each => [each, scriptOf(each)])), shells)
  tally.asDash += same
  const rewritten = new Map<number, { readonly script: string; readonly known: Difference }>()
  for (const [seed, found] of different) {
    const known = AS_ASH.find(each => each.explains(found))
    const tried = isAsAsh(found) ? undefined : harmless(found)
    if (isAsAsh(found) && known) {
      tally.asAsh++
      count(tally, known)
    } else if (tried) rewritten.set(seed, tried)
    else show(seed, found, tally)
  }
  await judgeRewritten(rewritten, different, shells, tally)
}

/** What differs for a reason differs no more when that is taken out; else the reason hides something. */
async function judgeRewritten(
  tried: ReadonlyMap<number, { readonly script: string; readonly known: Difference }>,
  different: ReadonlyMap<number, Compared>,
  shells: Shells,
  tally: Tally,
): Promise<void> {
  const again = await compare(new Map([...tried].map(([seed, { script }]) => [seed, script])), shells)
  for (const [seed, { known }] of tried) {
    const still = again.different.get(seed)
    if (!still || isAsAsh(still)) count(tally, known)
    else {
      show(seed, different.get(seed)!, tally)
      show(seed, still, tally, `not for that ${known.reason}: this differs too`)
    }
  }
}

async function compare(
  texts: Texts,
  { dash, ash }: Shells,
): Promise<{ same: number; different: Map<number, Compared> }> {
  if (texts.size === 0) return { same: 0, different: new Map() }
  // A script's place in the batch is its name.
  const places = new Map(Array.from(texts.values(), (text, place) => [place, text]))
  const theirs = dash.run(places)
  const ours = new Map<number, Answer>()
  for (const [place, text] of places) ours.set(place, await runOurs(text, place))
  const others = new Map([...places].filter(([place]) => !isSame(ours.get(place), theirs.get(place))))
  const ashes = others.size > 0 ? ash.run(others) : new Map<number, Answer>()
  const keys = [...texts.keys()]
  const different = Array.from(others, ([place, script]): [number, Compared] => [
    keys[place]!,
    { script, ours: ours.get(place)!, dash: theirs.get(place)!, ash: ashes.get(place)! },
  ])
  return { same: texts.size - others.size, different: new Map(different) }
}

function isSame(one: Answer | undefined, other: Answer | undefined): boolean {
  return one?.stdout === other?.stdout && one?.status === other?.status
}

/** `test` names the script in its messages, where busybox names the program that runs it. */
function isAsAsh({ ours, ash }: Compared): boolean {
  return isSame({ ...ours, stdout: unnamed(ours) }, { ...ash, stdout: unnamed(ash) })
}

function unnamed({ stdout }: Answer): string {
  return stdout.replace(/^(sh|\/tmp\/box\/\d+): /gm, '')
}

function count(tally: Tally, known: Difference): void {
  tally.explained.set(known, (tally.explained.get(known) ?? 0) + 1)
}

function show(seed: number, found: Compared, tally: Tally, note?: string): void {
  if (note === undefined) tally.found++
  console.log(`\n--- ${note ?? `shells, seed ${seed}`}:\n${found.script}`)
  for (const name of ['dash', 'ash', 'ours'] as const) console.log(`${name}: ${JSON.stringify(found[name])}`)
}

function report(tally: Tally, run: { draws: number; seed: number; seconds: number }): void {
  const explained = [...tally.explained.values()].reduce((sum, each) => sum + each, 0)
  for (const [{ reason, right }, count] of tally.explained)
    console.log(`fuzz: ${count} differ (right: ${right}): ${reason}`)
  console.log(
    `fuzz: ${run.draws} scripts from seed ${run.seed} in ${Math.round(run.seconds)} s: ${tally.asDash} as dash, ${explained} differ for a written reason (${tally.asAsh} of them as ash), ${tally.found} for none`,
  )
}
