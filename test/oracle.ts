// The goldens in the real thing: plays every transcript in Debian's static busybox, in a root made of rootfs/base.
// `npm run oracle` fails on any difference that is not written down; `-- --record` writes what the real one prints.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applets } from '../applets/index.ts'
import { type Block, parseTranscript, printStep } from './golden/transcript.ts'
import { RealBusybox } from './real-busybox.ts'

const folder = join(process.cwd(), 'test/golden')
const allApplets = new Set(applets.flatMap(({ name, aliases }) => [name, ...aliases]))
const isRecording = process.argv.includes('--record')
const only = process.argv.slice(2).filter(arg => !arg.startsWith('--'))

const busybox = RealBusybox.open()
if (!busybox) {
  console.log('oracle: needs root and a static busybox (Debian: apt-get install busybox-static)')
  process.exit(1)
}
const listed = busybox.commands()
let differences = 0
let cases = 0
let absent = 0
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.t') || (only.length > 0 && !only.some(part => name.includes(part)))) continue
  const path = join(folder, name)
  const blocks = parseTranscript(readFileSync(path, 'utf8'))
  // Not every busybox has every command: BUSYBOX names another one.
  const command = /^applets\/(.*)\.t$/.exec(name)?.[1]
  if (command !== undefined && !listed.has(command) && allApplets.has(command)) {
    absent += blocks.reduce((sum, { steps }) => sum + steps.length, 0)
    continue
  }
  const recorded = blocks.map(block => play(busybox, block, name))
  if (isRecording) writeFileSync(path, recorded.join('\n'))
}
busybox.close()
console.log(`oracle: ${cases} cases, ${differences} differences, ${absent} cases of commands that this busybox lacks`)
process.exitCode = differences > 0 && !isRecording ? 1 : 0

function play(real: RealBusybox, block: Block, name: string): string {
  real.refresh(block.files)
  const lines = [`# ${block.title}`]
  for (const [file, text] of block.files)
    lines.push(
      `< ${file}`,
      ...(text === '' ? [] : text.slice(0, -1).split('\n')).map(line =>
        /^[#$!?<~\\]/.test(line) ? `\\${line}` : line,
      ),
    )
  for (const step of block.steps) {
    cases++
    const ran = real.run(step.command)
    if (step.differs !== undefined) {
      lines.push(printStep(step), `~ differs: ${step.differs}`)
      continue
    }
    if (isRecording) requireLines(step.command, ran.stdout + ran.stderr)
    const text = printStep({ command: step.command, ...ran })
    lines.push(text)
    if (text === printStep(step) && ran.stdout === step.stdout) continue
    differences++
    if (!isRecording) console.log(`${name}:${step.line}\n--- expected\n${printStep(step)}\n+++ real\n${text}\n`)
  }
  return `${lines.join('\n')}\n`
}

/** A transcript has whole lines only. */
function requireLines(command: string, printed: string): void {
  if (printed === '' || printed.endsWith('\n')) return
  throw new Error(`what \`${command}\` prints ends without a newline, which a transcript cannot show: add \`; echo\``)
}
