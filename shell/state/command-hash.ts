// Where commands were found in PATH, so that the next time needs no search (POSIX XCU 2.9.1.4).

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'

export class CommandHash {
  readonly #found = new Map<string, string>()

  /** In the order in which they were found. */
  get paths(): Iterable<string> {
    return this.#found.values()
  }

  clear(): void {
    this.#found.clear()
  }

  forget(name: string): void {
    this.#found.delete(name)
  }

  copy(): CommandHash {
    const copy = new CommandHash()
    for (const [name, path] of this.#found) copy.#found.set(name, path)
    return copy
  }

  lookup(proc: Process, name: string, path: string): string | undefined {
    const known = this.#found.get(name)
    if (known !== undefined && isExecutable(proc, known)) return known
    const found = searchPath(proc, name, path)
    if (found !== undefined) this.#found.set(name, found)
    else this.#found.delete(name)
    return found
  }
}

/** The first executable file of that name in the directories of `path`; an empty directory name is the current one. */
export function searchPath(proc: Process, name: string, path: string): string | undefined {
  for (const directory of path.split(':')) {
    const file = directory === '' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`
    if (isExecutable(proc, file)) return directory === '' ? `./${name}` : file
  }
  return undefined
}

export function isExecutable(proc: Process, file: string): boolean {
  try {
    return proc.stat(file).kind === 'file' && proc.access(file, 1)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
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
