// Unified diffs read (POSIX XCU diff -u), and where a hunk fits into a file.

export interface Hunk {
  /** Each begins with a blank, `-` or `+`, and has no newline. */
  readonly lines: readonly string[]
  readonly oldStart: number
  readonly oldCount: number
  readonly newStart: number
  readonly newCount: number
  /** The last line of that side has no newline. */
  readonly oldLacksNewline: boolean
  readonly newLacksNewline: boolean
}

export interface FilePatch {
  readonly oldName: string
  readonly newName: string
  readonly hunks: readonly Hunk[]
}

const RANGE = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** What is no part of a diff is passed over. */
export function parsePatch(lines: readonly string[]): FilePatch[] {
  const patches: { oldName: string; newName: string; hunks: Hunk[] }[] = []
  let oldName = ''
  let current: (typeof patches)[number] | undefined
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!
    const range = RANGE.exec(line)
    if (line.startsWith('--- ')) {
      oldName = nameOf(line)
      at++
    } else if (line.startsWith('+++ ')) {
      current = { oldName, newName: nameOf(line), hunks: [] }
      patches.push(current)
      at++
    } else if (range && current) {
      const { hunk, end } = readHunk(lines, at + 1, range)
      if (hunk) current.hunks.push(hunk)
      at = end
    } else at++
  }
  return patches
}

/** Up to the tab before a date. */
function nameOf(line: string): string {
  return line.slice(4).replace(/\t.*$/, '').trimEnd()
}

function readHunk(lines: readonly string[], from: number, range: RegExpExecArray): { hunk?: Hunk; end: number } {
  const [, oldStart, oldCount = '1', newStart, newCount = '1'] = range
  let [oldLeft, newLeft] = [Number(oldCount), Number(newCount)]
  const taken: string[] = []
  const lacks = { old: false, new: false }
  let at = from
  for (; at < lines.length && (oldLeft > 0 || newLeft > 0 || lines[at]?.startsWith('\\')); at++) {
    // Some mailers take the blank of an empty line away.
    const line = lines[at] === '' ? ' ' : lines[at]!
    if (line.startsWith('\\')) {
      const last = taken.at(-1)?.[0]
      if (last !== '+') lacks.old = true
      if (last !== '-') lacks.new = true
      continue
    }
    if (!/^[-+ ]/.test(line)) break
    if (line[0] !== '+') oldLeft--
    if (line[0] !== '-') newLeft--
    taken.push(line)
  }
  if (oldLeft > 0 || newLeft > 0) return { end: at }
  const counts = { oldStart: Number(oldStart), oldCount: Number(oldCount) }
  const others = { newStart: Number(newStart), newCount: Number(newCount) }
  return {
    hunk: { lines: taken, ...counts, ...others, oldLacksNewline: lacks.old, newLacksNewline: lacks.new },
    end: at,
  }
}

export function reversed(hunk: Hunk): Hunk {
  const turned: Readonly<Record<string, string>> = { '+': '-', '-': '+', ' ': ' ' }
  return {
    lines: hunk.lines.map(line => turned[line[0]!]! + line.slice(1)),
    oldStart: hunk.newStart,
    oldCount: hunk.newCount,
    newStart: hunk.oldStart,
    newCount: hunk.oldCount,
    oldLacksNewline: hunk.newLacksNewline,
    newLacksNewline: hunk.oldLacksNewline,
  }
}

export type Place = { readonly at: number } | { readonly at: undefined; readonly isPossiblyReversed: boolean }

/**
 * The first place at or after `from` where context and removed lines stand as they are. busybox: no line may differ, and
 * with less context behind than before, it must be at the end.
 */
export function findPlace(file: readonly string[], from: number, hunk: Hunk): Place {
  const { lines } = hunk
  const old = lines.filter(line => line[0] !== '+').map(line => line.slice(1))
  const leading = lines.findIndex(line => line[0] !== ' ')
  const trailing = lines.length - 1 - lines.findLastIndex(line => line[0] !== ' ')
  // differs: without context a hunk goes where its numbers say; busybox looks for it at the end.
  if (leading === 0 && trailing === 0) {
    const at = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1
    if (at >= from && old.every((line, i) => file[at + i] === line)) return { at }
    return { at: undefined, isPossiblyReversed: false }
  }
  const isAtEnd = trailing === 0 || trailing < leading
  let isPossiblyReversed = false
  for (let at = from; at < file.length || (at === file.length && old.length === 0); at++) {
    let next = at
    let isMatch = true
    for (const line of lines) {
      const text = line.slice(1)
      if (line[0] === '+') {
        isPossiblyReversed ||= file[next] === text
        continue
      }
      if (file[next] !== text) {
        isMatch = false
        break
      }
      next++
    }
    if (isMatch && (!isAtEnd || next === file.length)) return { at }
  }
  return { at: undefined, isPossiblyReversed }
}
