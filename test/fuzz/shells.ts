// `npm run fuzz -- shells [--draws N] [--seed N]`: random scripts under ours, under dash, and where that differs under ash.
// A script counts as the same when stdout and status are those of dash or of ash. What is left is explained by
// differences.ts, or printed.

import fc from 'fast-check'
import { type Compared, DIFFERENCES } from './differences.ts'
import { runOurs } from './our-shell.ts'
import { type Answer, RealShell } from './real-shells.ts'
import { scripts } from './script.ts'

const BATCH = 250

interface Tally {
  asDash: number
  asAsh: number
  readonly explained: Map<string, number>
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

async function runBatch(seeds: readonly number[], shells: Record<'dash' | 'ash', RealShell>, tally: Tally) {
  const texts = new Map(seeds.map((each, index) => [index, scriptOf(each)]))
  const dash = shells.dash.run(texts)
  const ours = new Map<number, Answer>()
  for (const [index, text] of texts) ours.set(index, await runOurs(text, index))
  const different = new Map([...texts].filter(([index]) => !isSame(ours.get(index), dash.get(index))))
  tally.asDash += texts.size - different.size
  const ash = different.size > 0 ? shells.ash.run(different) : new Map<number, Answer>()
  for (const [index, script] of different) {
    const found = { script, ours: ours.get(index)!, dash: dash.get(index)!, ash: ash.get(index)! }
    if (isSame(found.ours, found.ash)) tally.asAsh++
    else judge(found, seeds[index]!, tally)
  }
}

function isSame(one: Answer | undefined, other: Answer | undefined): boolean {
  return one?.stdout === other?.stdout && one?.status === other?.status
}

function judge(found: Compared, seed: number, tally: Tally): void {
  const known = DIFFERENCES.find(each => each.explains(found))
  if (known) {
    tally.explained.set(known.reason, (tally.explained.get(known.reason) ?? 0) + 1)
    return
  }
  tally.found++
  console.log(`\n--- shells, seed ${seed}:\n${found.script}`)
  for (const name of ['dash', 'ash', 'ours'] as const) console.log(`${name}: ${JSON.stringify(found[name])}`)
}

function report(tally: Tally, run: { draws: number; seed: number; seconds: number }): void {
  const explained = [...tally.explained.values()].reduce((sum, each) => sum + each, 0)
  for (const [reason, count] of tally.explained) console.log(`fuzz: ${count} differ: ${reason}`)
  console.log(
    `fuzz: ${run.draws} scripts from seed ${run.seed} in ${Math.round(run.seconds)} s: ${tally.asDash} as dash, ${tally.asAsh} as ash where dash differs, ${explained} explained, ${tally.found} differ`,
  )
}
