// Which members of an archive are meant, and what their names become.

import { compilePattern } from '../lib/pattern.ts'

export class NameFilter {
  readonly #wanted: readonly string[]
  readonly #excluded: readonly ((name: string) => boolean)[]
  readonly #found = new Set<string>()

  /** No names: all are wanted. A name means also what is under it. */
  constructor(wanted: readonly string[], excluded: readonly string[]) {
    this.#wanted = wanted.map(name => name.replace(/\/+$/, ''))
    this.#excluded = excluded.map(text => {
      const pattern = compilePattern(text.replace(/\/+$/, ''))
      return name => pattern.matches(name)
    })
  }

  isWanted(path: string): boolean {
    if (this.#wanted.length === 0) return !this.isExcluded(path)
    const found = this.#wanted.find(name => path === name || path.startsWith(`${name}/`))
    if (found !== undefined) this.#found.add(found)
    return found !== undefined && !this.isExcluded(path)
  }

  /** GNU: a pattern may match the whole name, a directory above it, or the end of either from a slash on. */
  isExcluded(path: string): boolean {
    if (this.#excluded.length === 0) return false
    const parts = path.split('/')
    for (let end = 1; end <= parts.length; end++) {
      for (let start = 0; start < end; start++) {
        const piece = parts.slice(start, end).join('/')
        if (this.#excluded.some(matches => matches(piece))) return true
      }
    }
    return false
  }

  get missing(): string[] {
    return this.#wanted.filter(name => !this.#found.has(name))
  }
}

/** Without what leads out of the directory: a leading `/`, and all up to the last `../`. */
export function safeName(path: string): { name: string; removed: string } {
  const name = path.replace(/^(?:.*\/)?\.\.(?:\/|$)/, '').replace(/^\/+/, '')
  const removed = path.slice(0, path.length - name.length)
  return { name: name === '' ? '.' : name, removed }
}
