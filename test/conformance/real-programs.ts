// Real programs under dash, busybox ash, bash and ours: `node test/bundle-run.mjs test/conformance/real-programs.ts FOLDER [--only TEXT] [--show]`.
//
// FOLDER holds checkouts that are not part of this repository: shunit2 (github.com/kward/shunit2), shellspec
// (github.com/shellspec/shellspec), pure-sh-bible (github.com/dylanaraps/pure-sh-bible), acme.sh
// (github.com/acmesh-official/acme.sh), images/NAME (github.com/docker-library/NAME and others: see
// programs/entrypoints.ts) and configure/NAME (whatever autoconf made). What is not there is counted as skipped.
//
// A program is the same as a judge's when stdout and status are. The judges run in a root of their own amid busybox's
// commands, so that only the shell differs. `--show` prints both outputs where they differ.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RealBusybox, type RealRun } from '../real-busybox.ts'
import { acme } from './programs/acme.ts'
import { configure } from './programs/configure.ts'
import { entrypoints } from './programs/entrypoints.ts'
import { runOurs } from './programs/our-shell.ts'
import type { Judge, ProgramSource, RealProgram } from './programs/program.ts'
import { pureShBible } from './programs/pure-sh-bible.ts'
import { shellspec } from './programs/shellspec.ts'
import { shunit2 } from './programs/shunit2.ts'

const SOURCES: readonly ProgramSource[] = [shunit2, shellspec, pureShBible, acme, configure, entrypoints]
const SECONDS = 120

const [folder, ...flags] = process.argv.slice(2)
const only = flags.includes('--only') ? (flags[flags.indexOf('--only') + 1] ?? '') : ''
const score = { programs: 0, same: 0, skipped: 0 }
const judged = new Map<string, RealRun>()

if (folder === undefined || !existsSync(folder)) {
  console.log('usage: real-programs FOLDER [--only TEXT] [--show]')
  process.exit(2)
}
for (const program of SOURCES.flatMap(source => source(folder))) {
  if (program.name.includes(only)) await compare(program, folder)
}
const skipped = score.skipped > 0 ? `, ${score.skipped} skipped for their checkout is not there` : ''
console.log(`real programs: ${score.same} of ${score.programs} the same${skipped}`)
process.exit(score.same < score.programs ? 1 : 0)

async function compare(program: RealProgram, checkouts: string): Promise<void> {
  const source = join(checkouts, program.checkout)
  if (!existsSync(source)) return void score.skipped++
  const judges = program.judges ?? ['dash', 'ash']
  const seconds = program.seconds ?? SECONDS
  const steady = ({ stdout, status }: RealRun) => `${program.steady?.(stdout) ?? stdout}status ${status}\n`
  const started = performance.now()
  const ours = await runOurs({
    shell: program.shell ?? 'sh',
    command: program.script,
    folder: source,
    name: program.checkout,
    seconds: seconds * 10,
  })
  const took = Math.round(performance.now() - started)
  const wrong = judges.filter(judge => steady(judgement(judge, program, source, seconds)) !== steady(ours))
  // What judges answer differently among themselves is right when one of them answers it.
  score.programs++
  if (wrong.length < judges.length) score.same++
  const verdict = wrong.length === 0 ? 'same' : wrong.length < judges.length ? `not as ${wrong.join()}` : 'DIFFERS'
  console.log(`${verdict.padEnd(12)} ${program.name} (${took} ms)`)
  if (verdict !== 'DIFFERS' || !flags.includes('--show')) return
  for (const judge of wrong) {
    const theirs = judgement(judge, program, source, seconds)
    console.log(firstDifference(steady(theirs).split('\n'), steady(ours).split('\n'), judge))
    if (theirs.stderr !== ours.stderr)
      console.log(`  stderr of ${judge}: ${theirs.stderr.slice(0, 500)}\n  ours: ${ours.stderr.slice(0, 500)}`)
  }
}

/** In a root of its own: programs write outside the working directory too. */
function judgement(judge: Judge, program: RealProgram, source: string, seconds: number): RealRun {
  const key = `${judge} ${program.name}`
  const known = judged.get(key)
  if (known) return known
  const root = openJudge(judge)
  root.refresh()
  root.put(source, program.checkout)
  const run = root.run(program.script, { seconds })
  root.close()
  judged.set(key, run)
  return run
}

function openJudge(judge: Judge): RealBusybox {
  const opened = RealBusybox.open(judge === 'ash' ? {} : { shell: `/bin/${judge}` })
  if (!opened) throw new Error('needs root, dash, bash and a static busybox (Debian: apt-get install busybox-static)')
  return opened
}

function firstDifference(theirs: readonly string[], ours: readonly string[], judge: Judge): string {
  const at = theirs.findIndex((line, index) => line !== ours[index])
  const from = Math.max(0, at === -1 ? theirs.length - 2 : at - 2)
  const some = (lines: readonly string[]) => lines.slice(from, from + 8).map(line => `    ${JSON.stringify(line)}`)
  return [`  ${judge}, from line ${from + 1}:`, ...some(theirs), '  ours:', ...some(ours)].join('\n')
}
