// How often each line of the shell files of a box was run.

import type { Program } from '../kernel/program.ts'
import { bashProgram } from '../shell/bash.ts'
import type { LineCounter } from '../shell/coverage.ts'
import { shellProgram } from '../shell/sh.ts'
import { STUB_FOLDER } from './stubs.ts'

/** By line, and by the places of the commands that begin on it. */
type Lines = Map<number, Map<number, number>>

export class LineCoverage implements LineCounter {
  readonly #files = new Map<string, Lines>()

  /**
   * By file and line, how often the line was run: as often as that command of it which was run most. 0: commands begin there, and
   * none was ever run.
   */
  get files(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const own = [...this.#files].filter(([file]) => !file.startsWith(`${STUB_FOLDER}/`))
    return new Map(own.map(([file, lines]) => [file, countLines(lines)]))
  }

  add(file: string, line: number, offset: number): void {
    const places = this.#placesOf(file, line)
    if (!places.has(offset)) places.set(offset, 0)
  }

  count(file: string, line: number, offset: number): void {
    const places = this.#placesOf(file, line)
    places.set(offset, (places.get(offset) ?? 0) + 1)
  }

  /** Adds what another run counted. */
  merge(other: LineCoverage): void {
    for (const [file, lines] of other.#files) {
      for (const [line, places] of lines) {
        const own = this.#placesOf(file, line)
        for (const [offset, times] of places) own.set(offset, (own.get(offset) ?? 0) + times)
      }
    }
  }

  /** Of all lines on which a command begins, the part that was run; 1 when there are none. */
  ratio(file?: string): number {
    const chosen = [...this.files].filter(([name]) => file === undefined || name === file)
    const counts = chosen.flatMap(([, lines]) => [...lines.values()])
    return counts.length === 0 ? 1 : counts.filter(times => times > 0).length / counts.length
  }

  /**
   * For genhtml and services that read lcov. `paths`: what paths of the box are called outside, by their beginnings:
   * `{ '/app/': 'src/' }`; with it, other files are left out.
   */
  lcov(paths?: Readonly<Record<string, string>>): string {
    return [...this.files].map(([file, lines]) => lcovRecord(file, lines, paths)).join('')
  }

  /** Programs with shells that count. */
  programs(all: ReadonlyMap<string, Program>): Map<string, Program> {
    const shell = shellProgram(this)
    return new Map([...all, ['sh', shell], ['ash', { name: 'ash', main: shell.main }], ['bash', bashProgram(this)]])
  }

  #placesOf(file: string, line: number): Map<number, number> {
    const lines: Lines = this.#files.get(file) ?? new Map()
    this.#files.set(file, lines)
    const places = lines.get(line) ?? new Map<number, number>()
    lines.set(line, places)
    return places
  }
}

function countLines(lines: Lines): ReadonlyMap<number, number> {
  const counts = [...lines].map(([line, places]) => [line, Math.max(...places.values())] as const)
  return new Map(counts.sort(([a], [b]) => a - b))
}

function lcovRecord(
  file: string,
  lines: ReadonlyMap<number, number>,
  paths: Readonly<Record<string, string>> | undefined,
): string {
  const outside = paths ? renamed(file, paths) : file
  if (outside === undefined) return ''
  const rows = [...lines].map(([line, times]) => `DA:${line},${times}\n`).join('')
  const hit = [...lines.values()].filter(times => times > 0).length
  return `TN:\nSF:${outside}\n${rows}LF:${lines.size}\nLH:${hit}\nend_of_record\n`
}

function renamed(file: string, paths: Readonly<Record<string, string>>): string | undefined {
  const found = Object.entries(paths).find(([inside]) => file.startsWith(inside))
  return found && found[1] + file.slice(found[0].length)
}
