// Where commands were found in PATH, so that the next time needs no search (POSIX XCU 2.9.1.4).

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'

export class CommandHash {
  /** Shared with copies until one of them changes it. */
  #found: Map<string, string> = new Map()
  #isShared = false

  /** In the order in which they were found. */
  get paths(): Iterable<string> {
    return this.#found.values()
  }

  clear(): void {
    this.#found = new Map()
    this.#isShared = false
  }

  forget(name: string): void {
    if (this.#found.has(name)) this.#own().delete(name)
  }

  copy(): CommandHash {
    const copy = new CommandHash()
    copy.#found = this.#found
    copy.#isShared = this.#isShared = true
    return copy
  }

  lookup(proc: Process, name: string, path: string): string | undefined {
    const known = this.#found.get(name)
    if (known !== undefined && proc.isExecutable(known)) return known
    const found = searchPath(proc, name, path)
    if (found !== undefined) this.#own().set(name, found)
    else this.forget(name)
    return found
  }

  #own(): Map<string, string> {
    if (this.#isShared) this.#found = new Map(this.#found)
    this.#isShared = false
    return this.#found
  }
}

/** The first executable file of that name in the directories of `path`; an empty directory name is the current one. */
export function searchPath(proc: Process, name: string, path: string): string | undefined {
  for (const directory of path.split(':')) {
    const file = directory === '' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`
    if (proc.isExecutable(file)) return directory === '' ? `./${name}` : file
  }
  return undefined
}

/** A file that is there, though not executable: `Permission denied` rather than `not found`. */
export function findUnexecutable(proc: Process, name: string, path: string): boolean {
  return path.split(':').some(directory => {
    try {
      return proc.stat(directory === '' ? name : `${directory}/${name}`).kind === 'file'
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return error.errno === 'EACCES'
    }
  })
}
