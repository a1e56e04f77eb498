// `npm run fuzz -- [scripts|options] [--draws N] [--seed N]`: random scripts and option lists here and in the real busybox.
// `npm run fuzz -- shells --draws 20000`: many random scripts, here and under dash and ash in one go (shells.ts).
// A difference is shrunk and printed with its seed: `--seed N --draws 1` makes that draw again. It is not part of the tests.

import fc from 'fast-check'
import { TestBox } from '../engine-box.ts'
import { RealBusybox, type RealRun } from '../real-busybox.ts'
import { commandLines, FILES } from './options.ts'
import { scripts } from './script.ts'
import { fuzzShells } from './shells.ts'

const KINDS: Readonly<Record<string, fc.Arbitrary<string>>> = { scripts, options: commandLines }

const args = process.argv.slice(2)
const kinds = args.filter(arg => arg in KINDS)
const draws = numberAfter('--draws') ?? 500
const seed = numberAfter('--seed') ?? Math.floor(Math.random() * 2 ** 31)
const unknown = args.filter((arg, at) => !(arg in KINDS) && arg !== 'shells' && !isNumberOption(at))

function isNumberOption(at: number): boolean {
  const names = ['--draws', '--seed']
  return names.includes(args[at] ?? '') || (names.includes(args[at - 1] ?? '') && /^\d+$/.test(args[at] ?? ''))
}

function numberAfter(name: string): number | undefined {
  const at = args.indexOf(name)
  return at === -1 ? undefined : Number(args[at + 1])
}

/** Our answer; a crash of ours, or a box that never ends, is one too. */
async function ours(command: string): Promise<Omit<RealRun, 'stderr'>> {
  const box = await TestBox.open(FILES)
  try {
    const { stdout, status } = await box.run(command)
    return { stdout, status }
  } catch (error) {
    return { stdout: `crash: ${error instanceof Error ? error.stack : String(error)}`, status: -1 }
  }
}

function theirs(busybox: RealBusybox, command: string): Omit<RealRun, 'stderr'> {
  busybox.refresh(FILES)
  const { stdout, status } = busybox.run(command, { seconds: 10 })
  return { stdout, status }
}

/** 127: the real one was built without that command. */
async function differs(busybox: RealBusybox, command: string): Promise<boolean> {
  const real = theirs(busybox, command)
  return real.status !== 127 && JSON.stringify(await ours(command)) !== JSON.stringify(real)
}

async function draw(busybox: RealBusybox, kind: string, each: number): Promise<boolean> {
  const arbitrary = KINDS[kind]
  if (!arbitrary) throw new Error(`no such kind: ${kind}`)
  const property = fc.asyncProperty(arbitrary, async command => !(await differs(busybox, command)))
  const found = await fc.check(property, { seed: each, numRuns: 1, interruptAfterTimeLimit: 60_000 })
  const [command] = found.counterexample ?? []
  if (!found.failed || command === undefined) return false
  console.log(`\n--- ${kind}, seed ${each}, after ${found.numShrinks} shrinks:\n${command}`)
  console.log(`real: ${JSON.stringify(theirs(busybox, command))}`)
  console.log(`ours: ${JSON.stringify(await ours(command))}`)
  return true
}

async function main(): Promise<number> {
  if (unknown.length > 0) {
    console.log(`fuzz: unknown argument ${unknown[0]}: fuzz [scripts|options|shells] [--draws N] [--seed N]`)
    return 2
  }
  if (args.includes('shells')) return (await fuzzShells(draws, seed)) > 0 ? 1 : 0
  const busybox = RealBusybox.open()
  if (!busybox) {
    console.log('fuzz: needs root and a static busybox (Debian: apt-get install busybox-static)')
    return 1
  }
  let differences = 0
  for (const kind of kinds.length > 0 ? kinds : Object.keys(KINDS)) {
    console.log(`fuzz: ${kind}, ${draws} draws, seed ${seed}`)
    for (let at = 0; at < draws; at++) if (await draw(busybox, kind, seed + at)) differences++
  }
  busybox.close()
  console.log(`fuzz: ${differences} differences`)
  return differences > 0 ? 1 : 0
}

process.on('unhandledRejection', error => console.log(`fuzz: a crash outside: ${String(error)}`))
process.exitCode = await main()
