// What a long loop holds: resident memory when a tenth of its turns are done, and when all are. `npm run bench memory`.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const LOOPS: readonly (readonly [name: string, body: string, count: number, before?: string])[] = [
  ['plain', ':', 10_000_000],
  ['functions', 'f $i', 10_000_000, 'f() { local a=$1; b=$a; };'],
  ['x=$(echo $i)', 'x=$(echo $i)', 1_000_000],
  ['x=$(f $i)', 'x=$(f $i)', 1_000_000, 'f() { echo "$1"; };'],
  ['pipelines', 'echo $i | cat >/dev/null', 100_000],
  ['subshells', '(x=$i)', 100_000],
]

const command = join(process.cwd(), 'dist/cowbox.cjs')

export async function benchMemory(names: readonly string[]): Promise<void> {
  for (const [name, body, count, before = ''] of LOOPS) {
    if (names.length > 0 && !names.some(part => name.includes(part))) continue
    const tenth = count / 10
    const turn = `i=$((i+1)); ${body}; [ $i -ne ${tenth} ] || { echo; sleep 0.2; }`
    const seen = await atMarks(`${before} i=0; while [ $i -lt ${count} ]; do ${turn}; done; echo; sleep 0.2`)
    const [early = 0, late = 0] = seen
    console.log(`${name.padEnd(16)}${count} turns: ${early} MB after a tenth of them, ${late} MB after all`)
  }
}

/** The resident memory of the process, in MB, whenever it prints. */
async function atMarks(script: string): Promise<number[]> {
  const child = spawn(process.execPath, [command, 'run', '--rm', 'busybox', 'sh', '-c', script])
  const seen: number[] = []
  for await (const _ of child.stdout) {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    seen.push(Math.round(Number(kilobytes) / 1024))
  }
  return seen
}
