// The shell beside dash, busybox's ash, bash and just-bash, each workload's CPU time less that of a run which only makes the
// ground for it. just-bash is no dependency: JUST_BASH names a folder in which it is installed.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leastOf } from './cpu.ts'
import { WORKLOADS, type Workload } from './workloads.ts'

interface Peer {
  readonly name: string
  readonly command: (script: string) => readonly string[]
  readonly fewer: (workload: Workload) => number
}

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const BARS = { native: 3, each: 1, peer: 30 }
const cowbox = join(process.cwd(), 'dist/cowbox.cjs')
const native = ({ fewer = 1 }: Workload) => fewer

const PEERS: readonly Peer[] = [
  {
    name: 'ours',
    command: script => [process.execPath, cowbox, 'run', '--rm', 'busybox', 'sh', '-c', script],
    fewer: () => 1,
  },
  { name: 'dash', command: script => ['dash', '-c', script], fewer: native },
  { name: 'ash', command: script => ['busybox', 'sh', '-c', script], fewer: native },
  { name: 'bash', command: script => ['bash', '-c', script], fewer: native },
  ...justBash(process.env.JUST_BASH),
]

export function benchShell(names: readonly string[]): void {
  const chosen =
    names.length === 0 ? WORKLOADS : WORKLOADS.filter(({ name }) => names.some(part => name.includes(part)))
  console.log(row(['', ...PEERS.map(({ name }) => `${name} ms`), 'dash/ours', 'best/ours', 'just-bash/ours']))
  const found = chosen.map(workload => {
    const times = measure(workload)
    const [ours = 0, dash = 0, ash = 0, , peer] = times
    const ratios = {
      dash: dash / ours,
      best: Math.min(dash, ash) / ours,
      peer: peer === undefined ? undefined : peer / ours,
    }
    console.log(row([workload.name, ...times.map(time => time.toFixed(0)), ...Object.values(ratios).map(shown)]))
    return ratios
  })
  const slower = chosen.filter((_, at) => found[at]!.dash < BARS.each).map(({ name }) => name)
  console.log(
    `least times dash: ${slower.length === 0 ? 'none is slower' : `slower: ${slower.join(', ')}`} (bar: none)`,
  )
  bar(
    'the faster of dash and ash',
    found.map(({ best }) => best),
    BARS.native,
  )
  bar(
    'just-bash',
    found.flatMap(({ peer }) => peer ?? []),
    BARS.peer,
  )
}

/** Milliseconds for all turns, by peer. */
function measure(workload: Workload): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const { setup = ':', script, count } = workload
  const commands = PEERS.flatMap(({ command, fewer }, at) => {
    // Each has a directory of its own: what one has made must not be there for another.
    const directory = join(folder, String(at))
    const prepare = `mkdir -p ${directory}; ${setup}`.replaceAll('DIR', directory)
    const turns = `${prepare}; ${script}`.replaceAll('DIR', directory).replaceAll('N', String(count / fewer(workload)))
    return [command(prepare), command(turns)]
  })
  const least = leastOf(ROUNDS, commands)
  rmSync(folder, { recursive: true })
  // Less than the clock shows is no time at all, and nothing to divide by.
  return PEERS.map(({ fewer }, at) => Math.max(1, least[2 * at + 1]! - least[2 * at]!) * fewer(workload))
}

function bar(than: string, ratios: readonly number[], least: number): void {
  if (ratios.length === 0) return
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
  console.log(`${mean.toFixed(2)} times faster than ${than}, in the geometric mean (bar: ${least})`)
}

function row(cells: readonly string[]): string {
  const [name = '', ...numbers] = cells
  return name.padEnd(24) + numbers.map(cell => cell.padStart(11)).join('')
}

function shown(ratio: number | undefined): string {
  return ratio === undefined ? '-' : ratio.toFixed(2)
}

/** Its limits are out of the way. */
function justBash(folder: string | undefined): Peer[] {
  if (folder === undefined) return []
  const program = `
    const { Bash } = require(require.resolve('just-bash', { paths: [${JSON.stringify(folder)}] }))
    const most = 1e12
    const executionLimits = { maxLoopIterations: most, maxCommandCount: most, maxCallDepth: 10000, maxGlobOperations: most,
      maxStringLength: most, maxArrayElements: most, maxHeredocSize: most, maxOutputSize: most, maxWorkUnits: most,
      maxSubstitutionDepth: 1000, maxExecutionTimeMs: 1e8, maxLiveBytes: most, maxTraversalWork: most, maxTraversalEntries: most }
    new Bash({ executionLimits }).exec(process.argv[1]).then(done => {
      process.stderr.write(done.stderr)
      process.exitCode = done.exitCode
    })`
  return [
    {
      name: 'just-bash',
      command: script => [process.execPath, '-e', program, script],
      fewer: ({ fewerPeer = 1 }) => fewerPeer,
    },
  ]
}
