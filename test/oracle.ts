// The goldens in the real thing: plays every transcript in Debian's static busybox, in a root made of rootfs/base.
// `npm run oracle` fails on any difference that is not written down, in what is printed or in the files that a block leaves
// behind (those are compared with ours); `-- --record` writes what the real one prints, `--record-new` that of blocks that
// show nothing yet. With BUSYBOX=FILE, a static one that
// was built with everything, it plays what Debian's cannot do: blocks marked `~ full` and transcripts of other commands.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applets } from '../applets/index.ts'
import { TestBox } from './engine-box.ts'
import { type Block, parseTranscript, printStep, type Step, withoutUsage } from './golden/transcript.ts'
import { RealBusybox, type RealRun } from './real-busybox.ts'

const folder = join(process.cwd(), 'test/golden')
const allApplets = new Set(applets.flatMap(({ name, aliases }) => [name, ...aliases]))
const isRecordingNew = process.argv.includes('--record-new')
const isRecording = isRecordingNew || process.argv.includes('--record')
const only = process.argv.slice(2).filter(arg => !arg.startsWith('--'))

const busybox = RealBusybox.open()
if (!busybox) {
  console.log('oracle: needs root and a static busybox (Debian: apt-get install busybox-static)')
  process.exit(1)
}
const isFull = process.env.BUSYBOX !== undefined
const debian = isFull ? RealBusybox.usual() : busybox
const listed = debian?.commands() ?? new Set()
let differences = 0
let cases = 0
let apart = 0
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.t') || (only.length > 0 && !only.some(part => name.includes(part)))) continue
  const path = join(folder, name)
  const blocks = parseTranscript(readFileSync(path, 'utf8'))
  // Not every busybox has every command: BUSYBOX names another one.
  const command = /^applets\/(.*)\.t$/.exec(name)?.[1]
  const isAbsent = command !== undefined && !listed.has(command) && allApplets.has(command)
  const recorded: string[] = []
  for (const block of blocks) {
    if ((isAbsent || block.isFull) !== isFull || (isRecordingNew && isRecorded(block))) {
      apart += block.steps.length
      recorded.push(printBlock(block, block.steps.map(printed)))
      continue
    }
    recorded.push(play(busybox, block, name))
    if (!isRecording) await compareFiles(busybox, block, name)
  }
  if (isRecording) writeFileSync(path, recorded.join('\n'))
}
busybox.close()
console.log(
  `oracle: ${cases} cases, ${differences} differences, ${apart} cases for the ${isFull ? 'usual' : 'full'} busybox`,
)
process.exitCode = differences > 0 && !isRecording ? 1 : 0

function play(real: RealBusybox, block: Block, name: string): string {
  real.refresh(block.files)
  const lines: string[] = []
  for (const step of block.steps) {
    cases++
    const answer = real.run(step.command)
    const ran = { ...answer, stderr: inGlibcWords(withoutUsage(answer.stderr)) }
    if (step.differs !== undefined) {
      lines.push(printed(step))
      continue
    }
    const text = printStep(
      isRecording ? endLines({ command: step.command, ...ran }) : { command: step.command, ...ran },
    )
    lines.push(text)
    if (text === printStep(step) && ran.stdout === step.stdout) continue
    differences++
    if (!isRecording) console.log(`${name}:${step.line}\n--- expected\n${printStep(step)}\n+++ real\n${text}\n`)
  }
  return printBlock(block, lines)
}

/** uClibc, which the official image has, words getopt's refusals otherwise than glibc. */
function inGlibcWords(stderr: string): string {
  return stderr
    .replace(/(: invalid option -- )([^'])$/gm, "$1'$2'")
    .replace(/(: unrecognized option )`(.*)'$/gm, "$1'$2'")
}

function isRecorded({ steps }: Block): boolean {
  return steps.some(({ stdout, stderr, status }) => stdout !== '' || stderr !== '' || status !== 0)
}

function printed(step: Step): string {
  return step.differs === undefined ? printStep(step) : `${printStep(step)}\n~ differs: ${step.differs}`
}

function printBlock(block: Block, steps: readonly string[]): string {
  const lines = [`# ${block.title}`, ...(block.isFull ? ['~ full'] : [])]
  for (const [file, text] of block.files)
    lines.push(
      `< ${file}`,
      ...(text === '' ? [] : text.slice(0, -1).split('\n')).map(line =>
        /^[#$!?<~\\]/.test(line) ? `\\${line}` : line,
      ),
    )
  return `${[...lines, ...steps].join('\n')}\n`
}

/** A block with a written difference may leave others behind. */
async function compareFiles(real: RealBusybox, block: Block, name: string): Promise<void> {
  if (block.steps.some(({ differs }) => differs !== undefined)) return
  const box = await TestBox.open(block.files)
  for (const { command } of block.steps) await box.run(command)
  const ours = await box.leftBehind()
  const theirs = real.leftBehind()
  const lines = [
    ...theirs.filter(line => !ours.includes(line)).map(line => `- ${line}`),
    ...ours.filter(line => !theirs.includes(line)).map(line => `+ ${line}`),
  ]
  if (lines.length === 0) return
  differences++
  console.log(`${name}:${block.line} leaves other files behind (- real, + ours)\n${lines.join('\n')}\n`)
}

/** A transcript has whole lines only: what ends in the middle of one is ended by the command. */
function endLines(ran: RealRun & { readonly command: string }): RealRun & { readonly command: string } {
  const isOpen = (text: string) => text !== '' && !text.endsWith('\n')
  if (isOpen(ran.stdout))
    return endLines({ ...ran, command: `${ran.command}; echo`, stdout: `${ran.stdout}\n`, status: 0 })
  if (isOpen(ran.stderr)) return { ...ran, command: `${ran.command}; echo >&2`, stderr: `${ran.stderr}\n`, status: 0 }
  return ran
}
