// Keeps what a running container changes: a moment after it changed, and whenever somebody is told that something is done.

import type { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { Journal } from '../../kernel/vfs/journal.ts'
import type { ContainerFolder } from './container-folder.ts'
import { type JournalBase, JournalFile } from './journal-file.ts'

/** Milliseconds from a change to its being kept; longer when keeping is slow, so that it takes a tenth of the time at most. */
const SOON = 50
const SHARE = 10
/** A journal that has grown to so many times what it tells is written anew. */
const WASTE = 4
const SMALL = 8 << 20

export class ChangeKeeper {
  readonly #file: JournalFile
  readonly #base: JournalBase
  readonly #journal: Journal
  #timer: NodeJS.Timeout | undefined
  #isDue = false
  #cost = 0
  /** The size of the journal when it was written anew. */
  #whole = 0

  /** Puts into the tree what an earlier life of the container, which ended with its process, had changed. */
  constructor(folder: ContainerFolder, root: CowFileSystem) {
    this.#file = new JournalFile(folder.journalPath)
    this.#base = journalBase(folder, root)
    this.#journal = new Journal(root, () => this.#schedule(), this.#file.read(this.#base))
    this.#file.open(this.#base)
  }

  /** Now, if there is anything to keep. */
  keep(): void {
    if (!this.#isDue) return
    const began = performance.now()
    this.#forget()
    const frame = this.#journal.take()
    if (frame) this.#file.append(frame)
    if (this.#file.size > Math.max(SMALL, WASTE * this.#whole)) {
      this.#file.replace(this.#base, this.#journal.whole())
      this.#whole = this.#file.size
    }
    this.#cost = performance.now() - began
  }

  /** The container does not run any more, and its changes stay here: it could not be started. */
  close(): void {
    this.keep()
    this.#file.close()
  }

  /** The changes are kept in another way now. */
  end(): void {
    this.#forget()
    this.#file.remove()
  }

  #schedule(): void {
    this.#isDue = true
    this.#timer = setTimeout(() => this.keep(), Math.max(SOON, SHARE * this.#cost))
    this.#timer.unref()
  }

  #forget(): void {
    clearTimeout(this.#timer)
    this.#isDue = false
  }
}

/** Of a container that nobody runs: what its last life changed, put into its tree. */
export function recover(folder: ContainerFolder, root: CowFileSystem): void {
  const frames = new JournalFile(folder.journalPath).read(journalBase(folder, root))
  if (frames.length > 0) new Journal(root, () => {}, frames)
}

function journalBase(folder: ContainerFolder, root: CowFileSystem): JournalBase {
  return { format: 1, lastIno: root.lastIno, changes: folder.changesStamp }
}
