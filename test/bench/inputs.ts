// The inputs of the applets' benchmark, the same on every machine: made once, in a folder of the system's temporary one.

import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const WORDS =
  'the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old life both between being under three never know same last another while us might great go come since against right came take used himself few house american use place during high without again home around small however found mrs part school thought went say general once upon war every does got united left number course until always away something fact water less public put think almost hand enough took far head yet government system set better told nothing night end why called eyes find going look asked later knew point next program city business give group toward young days let room word side social'.split(
    ' ',
  )
const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy', 'mallory', 'niaj']

/** Their folder: `log` (lines of a service), `numbers`, `repeated` (sorted, with repetitions), `log.gz`, `tree/` and `tree.tar`. */
export function inputs(megabytes: number): string {
  const folder = join(tmpdir(), `cowbox-bench-${megabytes}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.${process.pid}`
  mkdirSync(join(making, 'tree'), { recursive: true })
  const size = megabytes * 1_000_000
  const random = generator(20261124)
  fill(join(making, 'log'), size, () => logLine(random))
  fill(join(making, 'numbers'), size, () => `${random(2 ** 31) - 2 ** 30}.${random(100)}`)
  let repeated = 0
  fill(join(making, 'repeated'), size, () => {
    if (random(4) === 0) repeated++
    return `key ${String(repeated).padStart(9, '0')} of a table`
  })
  for (let file = 0; file < 200; file++) {
    fill(join(making, 'tree', `file-${file}`), size / 200, () => logLine(random))
  }
  spawnSync('busybox', ['sh', '-c', 'gzip -c log > log.gz; tar cf tree.tar tree'], { cwd: making })
  renameSync(making, folder)
  return folder
}

function logLine(random: (below: number) => number): string {
  const name = NAMES[random(NAMES.length)]
  const time = `${10 + random(14)}:${10 + random(50)}:${10 + random(50)}`
  const words = Array.from({ length: 2 + random(9) }, () => WORDS[random(WORDS.length)]).join(' ')
  return `2026-11-${10 + random(20)} ${time} host${random(40)} ${name}[${random(32768)}] status=${random(5)}0${random(8)} bytes=${random(100000)} ${words}`
}

function fill(path: string, size: number, line: () => string): void {
  const fd = openSync(path, 'w')
  for (let written = 0; written < size; ) {
    let chunk = ''
    while (chunk.length < 65536 && written + chunk.length < size) chunk += `${line()}\n`
    written += writeSync(fd, chunk)
  }
  closeSync(fd)
}

/** Integers below a limit, the same ones each time (xorshift32). */
function generator(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
