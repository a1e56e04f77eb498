// Many scripts in one go of a real shell: a process for each script, one shell that starts them all.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from '../../lib/bytes.ts'
import { RealBusybox } from '../real-busybox.ts'

export interface Answer {
  readonly stdout: string
  readonly status: number
  /** What it complained of: not compared, but it tells why. */
  readonly stderr?: string
}

/** Where scripts lie, and the directory that each is run in: both have the name of its place in the batch. */
export const SCRIPTS = '/tmp/box'
export const WORK = '/tmp/box/places'

export function nameOf(index: number): string {
  return String(index).padStart(6, '0')
}

/** How long a batch may take, in seconds. */
const SECONDS = 300

/** Each script has an empty directory, made beforehand: a start of a process is most of what a script costs. */
const DRIVER = `
ulimit -t 1
for directory in ${WORK}/*; do
  name=\${directory##*/}
  cd $directory
  unset OLDPWD
  timeout -s KILL 5 /bin/sh ${SCRIPTS}/$name >/tmp/box/outputs/$name 2>/tmp/box/outputs/$name.err </dev/null
  echo $? >/tmp/box/outputs/$name.status
done
`

export class RealShell {
  readonly #root: RealBusybox

  constructor(shell: 'dash' | 'ash') {
    const root = RealBusybox.open(shell === 'ash' ? {} : { shell: '/bin/dash' })
    if (!root) throw new Error('needs root, dash and a static busybox (Debian: apt-get install busybox-static)')
    this.#root = root
  }

  /** By their places in a batch. */
  run(scripts: ReadonlyMap<number, string>): Map<number, Answer> {
    this.#root.refresh(new Map([['driver', DRIVER]]))
    for (const folder of ['places', 'outputs']) mkdirSync(this.#root.path(folder))
    for (const [index, script] of scripts) {
      writeFileSync(this.#root.path(nameOf(index)), script)
      mkdirSync(this.#root.path(`places/${nameOf(index)}`))
    }
    this.#root.run('exec busybox sh ./driver', { seconds: SECONDS })
    return new Map(Array.from(scripts.keys(), index => [index, this.#answer(nameOf(index))]))
  }

  close(): void {
    this.#root.close()
  }

  #answer(name: string): Answer {
    const folder = this.#root.path('outputs')
    const status = Number(readFileSync(join(folder, `${name}.status`), 'utf8'))
    const text = (file: string) => decode(readFileSync(join(folder, file)))
    return { stdout: text(name), status, stderr: text(`${name}.err`) }
  }
}
