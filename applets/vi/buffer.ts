// The text that vi edits: lines, undone and redone by groups, with marks that follow them.

export interface Position {
  readonly line: number
  readonly column: number
}

interface Step {
  readonly from: number
  readonly removed: readonly string[]
  readonly inserted: readonly string[]
}

interface Group {
  readonly steps: Step[]
  readonly cursor: Position
}

export class Buffer {
  name: string | undefined
  isReadOnly = false
  readonly marks = new Map<string, Position>()
  #lines: string[] = ['']
  #groups: Group[] = []
  #open: Group | undefined
  /** How many groups there were when it was last written; -1: that state is gone. */
  #savedAt = 0

  get count(): number {
    return this.#lines.length
  }

  get isModified(): boolean {
    return this.#savedAt !== this.#groups.length
  }

  line(index: number): string {
    return this.#lines[index] ?? ''
  }

  slice(from: number, to: number): string[] {
    return this.#lines.slice(from, to)
  }

  /** All at once, without a way back: a file that was opened. */
  load(text: string): void {
    this.#lines = text.replace(/\n$/, '').split('\n')
    this.#groups = []
    this.#savedAt = 0
    this.marks.clear()
  }

  text(from = 0, to = this.count): string {
    if (this.count === 1 && this.#lines[0] === '') return ''
    return this.#lines
      .slice(from, to)
      .map(line => `${line}\n`)
      .join('')
  }

  saved(): void {
    this.#savedAt = this.#groups.length
  }

  /** Changes up to the next `begin` are undone together. */
  begin(cursor: Position): void {
    this.#open = { steps: [], cursor }
  }

  /** `count` lines from `from` on become others. A text has one line at least. */
  replace(from: number, count: number, lines: readonly string[]): void {
    const removed = this.#lines.splice(from, count, ...lines)
    const inserted = this.#lines.length === 0 ? [''] : lines
    if (this.#lines.length === 0) this.#lines = ['']
    this.#moveMarks(from, count, inserted.length)
    if (!this.#open) return
    if (this.#open.steps.length === 0) {
      if (this.#savedAt > this.#groups.length) this.#savedAt = -1
      this.#groups.push(this.#open)
    }
    this.#open.steps.push({ from, removed, inserted })
  }

  /** Takes back the last group. Where the cursor was; undefined: there is nothing left to undo. */
  undo(): Position | undefined {
    const group = this.#groups.pop()
    this.#open = undefined
    if (!group) return undefined
    for (const { from, removed, inserted } of group.steps.reverse()) {
      this.#lines.splice(from, inserted.length, ...removed)
    }
    return group.cursor
  }

  #moveMarks(from: number, removed: number, inserted: number): void {
    if (removed === inserted) return
    for (const [name, mark] of this.marks) {
      if (mark.line >= from + removed) this.marks.set(name, { ...mark, line: mark.line + inserted - removed })
      else if (mark.line >= from + inserted) this.marks.delete(name)
    }
  }
}
