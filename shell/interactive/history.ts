// The lines that were typed, oldest first.

/** Where a history lives between sessions: a file, usually. */
export interface HistoryStore {
  /** undefined: there is none yet. */
  load(): string | undefined
  save(text: string): void
}

export class History {
  readonly #lines: string[] = []
  /** When each was typed, in seconds; undefined: nobody knows. */
  readonly #times: (number | undefined)[] = []
  readonly #limit: () => number
  /** How many lines have been dropped, so that numbers stay the same. */
  #dropped = 0

  /** `limit` is asked each time: HISTSIZE may change. */
  constructor(limit: () => number = () => 1000) {
    this.#limit = limit
  }

  /** A subshell's. */
  copy(): History {
    const copy = new History(this.#limit)
    copy.#lines.push(...this.#lines)
    copy.#times.push(...this.#times)
    copy.#dropped = this.#dropped
    return copy
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  /** The number of the next line, from 1. */
  get nextNumber(): number {
    return this.#dropped + this.#lines.length + 1
  }

  /** Blank lines and the line that was just there are not kept. */
  add(line: string): void {
    if (line.trim() === '' || this.#lines.at(-1) === line) return
    this.push(line)
  }

  /** Whatever it is. */
  push(line: string, time?: number): void {
    this.#lines.push(line)
    this.#times.push(time)
    this.#trim()
  }

  timeOf(at: number): number | undefined {
    return this.#times[at]
  }

  /** The last line is as if it had not been typed. */
  forgetLast(): void {
    this.remove(this.#lines.length - 1, 1)
  }

  remove(at: number, count: number): void {
    this.#lines.splice(at, count)
    this.#times.splice(at, count)
  }

  /** More of the command that the last line began. */
  extendLast(more: string): void {
    const last = this.#lines.length - 1
    if (last >= 0) this.#lines[last] += more
  }

  clear(): void {
    this.remove(0, this.#lines.length)
    this.#dropped = 0
  }

  /** Adds what a store holds. */
  load(store: HistoryStore): void {
    const text = store.load()
    if (text === undefined) return
    for (const line of parseLines(text)) this.add(line)
  }

  save(store: HistoryStore): void {
    store.save(this.#lines.map(line => `${line.replaceAll('\n', '\r\n')}\n`).join(''))
  }

  /** The nearest line before `from` (after it, when `forward`) that passes. */
  find(from: number, passes: (line: string) => boolean, how: { forward: boolean }): number | undefined {
    const step = how.forward ? 1 : -1
    for (let at = from + step; at >= 0 && at < this.#lines.length; at += step) if (passes(this.#lines[at]!)) return at
    return undefined
  }

  #trim(): void {
    const extra = this.#lines.length - Math.max(0, this.#limit())
    if (extra <= 0) return
    this.remove(0, extra)
    this.#dropped += extra
  }
}

/** A newline within a line is stored with a carriage return before it, which no typed line ends with. */
function parseLines(text: string): string[] {
  const lines = text.split(/(?<!\r)\n/).map(line => line.replaceAll('\r\n', '\n'))
  if (lines.at(-1) === '') lines.pop()
  return lines
}
