// A process's file descriptors: small numbers, each naming an open file description.

import type { Description } from './description.ts'
import { SysError } from './errno.ts'

export type Fd = number

interface Entry {
  readonly description: Description
  readonly closeOnExec: boolean
}

export class DescriptorTable {
  readonly #entries: (Entry | undefined)[] = []
  readonly #limit: () => number

  /** `limit`: one more than the highest number allowed (RLIMIT_NOFILE). */
  constructor(limit: () => number) {
    this.#limit = limit
  }

  /** The description of an fd; EBADF when it is not open. */
  get(fd: Fd): Description {
    const entry = this.#entries[fd]
    if (!entry) throw new SysError('EBADF')
    return entry.description
  }

  has(fd: Fd): boolean {
    return this.#entries[fd] !== undefined
  }

  /** The lowest free number at or above `least`. EMFILE when there is none. */
  add(description: Description, how: { least?: Fd; closeOnExec?: boolean } = {}): Fd {
    let fd = how.least ?? 0
    while (this.#entries[fd]) fd++
    if (fd >= this.#limit()) throw new SysError('EMFILE')
    this.#set(fd, description, how.closeOnExec ?? false)
    return fd
  }

  /** dup2: `fd` names the description from now on; what it named is closed. EBADF for a number out of range. */
  put(fd: Fd, description: Description, closeOnExec = false): void {
    if (fd < 0 || fd >= this.#limit()) throw new SysError('EBADF')
    const before = this.#entries[fd]
    this.#set(fd, description, closeOnExec)
    before?.description.release()
  }

  close(fd: Fd): void {
    const entry = this.#entries[fd]
    if (!entry) throw new SysError('EBADF')
    this.#entries[fd] = undefined
    entry.description.release()
  }

  isClosedOnExec(fd: Fd): boolean {
    return this.#entries[fd]?.closeOnExec ?? false
  }

  setCloseOnExec(fd: Fd, closeOnExec: boolean): void {
    this.#entries[fd] = { description: this.get(fd), closeOnExec }
  }

  /** The same descriptions under the same numbers, as fork gives a child. */
  copy(limit: () => number): DescriptorTable {
    const table = new DescriptorTable(limit)
    for (let fd = 0; fd < this.#entries.length; fd++) {
      const entry = this.#entries[fd]
      entry?.description.hold()
      table.#entries.push(entry)
    }
    return table
  }

  closeForExec(): void {
    for (let fd = 0; fd < this.#entries.length; fd++) if (this.#entries[fd]?.closeOnExec) this.close(fd)
  }

  closeAll(): void {
    for (let fd = 0; fd < this.#entries.length; fd++) if (this.#entries[fd]) this.close(fd)
  }

  /** The open numbers in order, with their descriptions. */
  *entries(): Iterable<[Fd, Description]> {
    for (const [fd, entry] of this.#entries.entries()) if (entry) yield [fd, entry.description]
  }

  #set(fd: Fd, description: Description, closeOnExec: boolean): void {
    this.#entries[fd] = { description: description.hold(), closeOnExec }
  }
}
