// `npm run fuzz -- [scripts|options] [--draws N] [--seed N] [--whole]`: random scripts and option lists here and in the real
// busybox. `npm run fuzz -- shells --draws 20000`: many random scripts, here and under dash and ash in one go (shells.ts).
// `npm run fuzz -- parser --draws 100000`: noise and spoiled scripts for the shell's parser (parser.ts).
// A difference is shrunk (but for `--whole`) and printed with its seed: `--seed N --draws 1` makes that draw again. It is not
// part of the tests.

import fc from 'fast-check'
import { TestBox } from '../engine-box.ts'
import { withoutUsage } from '../golden/transcript.ts'
import { RealBusybox } from '../real-busybox.ts'
import { type Answer, isKnown } from './known.ts'
import { commandLines, FILES, probes, SETUP } from './options.ts'
import { fuzzParser } from './parser.ts'
import { scripts } from './script.ts'
import { fuzzShells } from './shells.ts'

interface Kind {
  readonly lines: fc.Arbitrary<string>
  readonly setup: string
  /** stderr and the files that are left are compared too. */
  readonly isWhole: boolean
}

const KINDS: Readonly<Record<string, (busybox: RealBusybox) => Kind>> = {
  scripts: () => ({ lines: scripts, setup: '', isWhole: false }),
  options: busybox => ({ lines: commandLines(lackedBy(busybox)), setup: SETUP, isWhole: true }),
}

function lackedBy(busybox: RealBusybox): ReadonlySet<string> {
  const asked = [...probes()]
  const answers = busybox.runMany(
    asked.map(([, line]) => line),
    { files: FILES, setup: SETUP, seconds: 10 },
  )
  const isLacking = ([name]: readonly [string, string], at: number) => {
    const option = name.split(' ')[1]!
    const named = `option${option.startsWith('--') ? '' : ' --'} '${option.replace(/^-(?!-)/, '')}'`
    return answers[at]!.stderr.includes(named)
  }
  return new Set(asked.filter(isLacking).map(([name]) => name))
}

const args = process.argv.slice(2)
const kinds = args.filter(arg => arg in KINDS)
const draws = numberAfter('--draws') ?? 500
const seed = numberAfter('--seed') ?? Math.floor(Math.random() * 2 ** 31)
const isShrinking = !args.includes('--whole')
let known = 0
const fromAt = args.indexOf('--from')
const from = fromAt === -1 ? undefined : args[fromAt + 1]
const unknown = args.filter((arg, at) => !(arg in KINDS) && !['shells', 'parser'].includes(arg) && !isOption(at))

function isOption(at: number): boolean {
  const names = ['--draws', '--seed']
  if (args[at] === '--whole') return true
  if (fromAt !== -1 && (at === fromAt || at === fromAt + 1)) return args[fromAt + 1] !== undefined
  return names.includes(args[at] ?? '') || (names.includes(args[at - 1] ?? '') && /^\d+$/.test(args[at] ?? ''))
}

function numberAfter(name: string): number | undefined {
  const at = args.indexOf(name)
  return at === -1 ? undefined : Number(args[at + 1])
}

async function ours(kind: Kind, command: string): Promise<Answer> {
  const box = await TestBox.open(FILES)
  try {
    if (kind.setup !== '') await box.run(kind.setup)
    return judged(kind, { ...(await box.run(command)), left: await box.leftBehind() })
  } catch (error) {
    const stdout = `crash: ${error instanceof Error ? error.stack : String(error)}`
    return { stdout, stderr: '', status: -1, left: [] }
  }
}

function theirs(busybox: RealBusybox, kind: Kind, commands: readonly string[]): Answer[] {
  return busybox.runMany(commands, { files: FILES, setup: kind.setup, seconds: 10 }).map(each => judged(kind, each))
}

/** A script's own messages are worded by its shell, and its files are its own. */
function judged(kind: Kind, { stdout, stderr, status, left }: Answer): Answer {
  if (!kind.isWhole) return { stdout, stderr: '', status, left: [] }
  return { stdout, stderr: withoutUsage(stderr), status, left }
}

/** 127: the real one was built without that command. */
function isSame(command: string, real: Answer, our: Answer): boolean {
  if (real.status === 127) return true
  const compared = command.startsWith('find ') ? inAnyOrder : command.startsWith('mktemp') ? withoutChance : asIs
  return JSON.stringify(compared(real)) === JSON.stringify(compared(our))
}

function asIs(answer: Answer): Answer {
  return answer
}

/** mktemp's names. */
function withoutChance(answer: Answer): Answer {
  const plain = (text: string) => text.replace(/(\b(tmp|x|y)\.|\/)\w{6}\b/g, '$1XXXXXX')
  return { ...answer, stdout: plain(answer.stdout), left: answer.left.map(plain) }
}

/** find goes by the order of directories, which is the file system's own. */
function inAnyOrder({ stdout, stderr, status, left }: Answer): Answer {
  const sorted = (text: string, between: RegExp) => text.split(between).sort().join('\n')
  return { stdout: sorted(stdout, /[\n\0 ]/), stderr: sorted(stderr, /\n/), status, left }
}

/** The same command with less, as long as it differs. */
async function shrink(busybox: RealBusybox, kind: Kind, each: number): Promise<string | undefined> {
  const property = fc.asyncProperty(kind.lines, async command => {
    const [real] = theirs(busybox, kind, [command])
    if (!real) return true
    const our = await ours(kind, command)
    return isSame(command, real, our) || isKnown(command, real, our)
  })
  const found = await fc.check(property, { seed: each, numRuns: 1, interruptAfterTimeLimit: 20_000 })
  return found.counterexample?.[0]
}

async function show(busybox: RealBusybox, kind: Kind, each: number, drawn: string): Promise<void> {
  const command = (isShrinking ? await shrink(busybox, kind, each) : undefined) ?? drawn
  const [real] = theirs(busybox, kind, [command])
  const our = await ours(kind, command)
  console.log(`\n--- seed ${each}:\n${command}`)
  for (const part of ['stdout', 'stderr', 'status', 'left'] as const) {
    const [a, b] = [JSON.stringify(real?.[part]), JSON.stringify(our[part])]
    if (a !== b) console.log(`${part}: real ${a}\n${' '.repeat(part.length)}  ours ${b}`)
  }
}

const BATCH = 100

async function drawAll(busybox: RealBusybox, kind: Kind): Promise<number> {
  let different = 0
  for (let from = 0; from < draws; from += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, draws - from) }, (_, at) => seed + from + at)
    const commands = seeds.map(each => fc.sample(kind.lines, { seed: each, numRuns: 1 })[0] ?? '')
    const real = theirs(busybox, kind, commands)
    for (const [at, command] of commands.entries()) {
      const our = await ours(kind, command)
      if (isSame(command, real[at]!, our)) continue
      if (isKnown(command, real[at]!, our)) known++
      else {
        different++
        await show(busybox, kind, seeds[at]!, command)
      }
    }
  }
  return different
}

async function main(): Promise<number> {
  if (unknown.length > 0) {
    console.log(
      `fuzz: unknown argument ${unknown[0]}: fuzz [scripts|options|shells|parser] [--draws N] [--seed N] [--whole] [--from FOLDER]`,
    )
    return 2
  }
  if (args.includes('shells')) return (await fuzzShells(draws, seed)) > 0 ? 1 : 0
  if (args.includes('parser')) return fuzzParser(draws, seed, from) > 0 ? 1 : 0
  const busybox = RealBusybox.open()
  if (!busybox) {
    console.log('fuzz: needs root and a static busybox (Debian: apt-get install busybox-static)')
    return 1
  }
  let differences = 0
  for (const name of kinds.length > 0 ? kinds : Object.keys(KINDS)) {
    console.log(`fuzz: ${name}, ${draws} draws, seed ${seed}`)
    differences += await drawAll(busybox, KINDS[name]!(busybox))
  }
  busybox.close()
  console.log(`fuzz: ${differences} differences, ${known} of those that are written down in test/fuzz/known.ts`)
  return differences > 0 ? 1 : 0
}

process.on('unhandledRejection', error => console.log(`fuzz: a crash outside: ${String(error)}`))
process.exitCode = await main()
