// Many scripts in one go of a real shell: a process for each script, one shell that starts them all.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from '../../lib/bytes.ts'
import { RealBusybox } from '../real-busybox.ts'

export interface Answer {
  readonly stdout: string
  readonly status: number
  /** What it complained of: not compared, but it tells why. */
  readonly stderr?: string
}

/** How long a batch may take, in seconds. */
const SECONDS = 300

/** Each script is run as /tmp/script in an empty /tmp/work. busybox starts them: its `mv` and `rm` need no exec. */
const DRIVER = `
ulimit -t 3
for file in /tmp/box/scripts/*; do
  name=\${file##*/}
  cd /tmp; rm -rf work; mkdir work; mv $file script; cd work
  /bin/sh /tmp/script >/tmp/box/outputs/$name 2>/tmp/box/outputs/$name.err </dev/null
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

  run(scripts: readonly string[]): Answer[] {
    const made = mkdtempSync(join(tmpdir(), 'fuzz-'))
    const names = scripts.map((_, index) => String(index).padStart(6, '0'))
    scripts.forEach((script, index) => {
      writeFileSync(join(made, names[index]!), script)
    })
    this.#root.refresh(new Map([['driver', DRIVER]]))
    this.#root.put(made, 'scripts')
    rmSync(made, { recursive: true })
    this.#root.run('mkdir outputs; exec busybox sh ./driver', { seconds: SECONDS })
    return names.map(name => this.#answer(name))
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
