// `npm run fuzz -- parser [--draws N] [--seed N] [--from FOLDER]`: the shell's parser on noise, in both dialects: it reads or it
// refuses, at once; and what it reads is printed so that it reads as the same tree. FOLDER's scripts are spoiled, too.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { decode } from '../../lib/bytes.ts'
import { noise, syntax } from './noise.ts'
import { roundTrip } from './round-trip.ts'

/** Milliseconds after which a text of a few thousand characters counts as a hang. */
const PATIENCE = 2000
/** So that a draw stays short: what matters is where a script is spoiled. */
const LONGEST = 4000

/** How many texts the parser did something wrong with. */
export function fuzzParser(draws: number, seed: number, from: string | undefined): number {
  const spoilt = noise(from === undefined ? [] : scriptsIn(from))
  const outcomes = { refused: 0, same: 0, fault: 0 }
  for (const dialect of ['ash', 'bash'] as const) {
    for (let at = 0; at < draws; at++) {
      // Half of them are whole scripts of the grammar: those say most about printing.
      const [text = ''] = fc.sample(at % 2 === 0 ? syntax : spoilt, { seed: seed + at, numRuns: 1 })
      const started = performance.now()
      const reading = roundTrip(text, dialect)
      const took = performance.now() - started
      outcomes[reading.outcome]++
      if (reading.outcome === 'fault')
        console.log(`\n--- ${dialect}, seed ${seed + at}: ${JSON.stringify(text)}\n${reading.what}`)
      if (took > PATIENCE) {
        outcomes.fault++
        console.log(`\n--- ${dialect}, seed ${seed + at}: ${Math.round(took)} ms for ${JSON.stringify(text)}`)
      }
    }
  }
  const { refused, same, fault } = outcomes
  console.log(
    `fuzz: ${draws} texts in two dialects from seed ${seed}: ${same} read and printed, ${refused} refused, ${fault} faults`,
  )
  return fault
}

function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /(\.sh|configure|entrypoint)$/.test(entry.name))
    .map(entry => decode(readFileSync(join(entry.parentPath, entry.name))))
    .flatMap(text =>
      Array.from({ length: Math.ceil(text.length / LONGEST) }, (_, at) => text.slice(at * LONGEST, (at + 1) * LONGEST)),
    )
}
