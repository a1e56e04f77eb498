// Rules of the house that no linter knows: what source rooms may not name.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const INNER_ROOMS = ['lib', 'kernel', 'wasm', 'image', 'applets', 'shell', 'rootfs', 'engine', 'smoke']

/** Time, chance and the outside come in at the door (Host); a bare catch would swallow the end of a killed process. */
const RULES: readonly [pattern: RegExp, words: string][] = [
  [/\bDate\.now\(|\bnew Date\(\)/, 'reads the host clock: use proc.kernel.clock'],
  [/\bMath\.random\(/, 'uses chance of its own: use host.random'],
  [/\bset(Timeout|Interval|Immediate)\(/, 'waits by itself: use proc.sleep or the clock'],
  [/\bcatch\s*\{/, 'has a bare catch: name the error and rethrow what is not meant'],
  [/:\s*any\b(?!\s+\w)|\bas any\b(?! \w)/, 'says any'],
  [/\bfrom 'node:/, 'imports Node'],
  [/\bconsole\./, 'prints to the host'],
]

/** Problems, a line each; none: all is well. */
export function checkLint(root: string): string[] {
  return INNER_ROOMS.flatMap(room => sources(join(root, room))).flatMap(file => {
    const lines = readFileSync(file, 'utf8').split('\n')
    return lines.flatMap((line, index) => complain(`${file.slice(root.length + 1)}:${index + 1}`, line))
  })
}

function complain(place: string, line: string): string[] {
  if (/^\s*(\/\/|\*|\/\*)/.test(line)) return []
  return RULES.filter(([pattern]) => pattern.test(line)).map(([, words]) => `${place} ${words}`)
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.startsWith('assembly') && !name.startsWith('build'))
    .map(name => join(folder, name))
}
