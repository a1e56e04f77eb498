// Two texts compared line by line, and their differences as a unified diff (POSIX XCU diff -u).

import { decode } from '../lib/bytes.ts'
import { type Change, editScript } from '../lib/edit-script.ts'

export interface LineOptions {
  readonly ignoreSpaceAmount: boolean
  readonly ignoreSpace: boolean
  readonly ignoreCase: boolean
  readonly ignoreBlankLines: boolean
}

export interface UnifiedOptions extends LineOptions {
  readonly context: number
  readonly labels: readonly [string, string]
  readonly initialTab: boolean
  readonly expandTabs: boolean
}

/** undefined: they are the same. `gate` is passed often, and awaited where it answers. */
export async function unifiedDiff(
  a: Uint8Array,
  b: Uint8Array,
  how: UnifiedOptions,
  gate: () => Promise<void> | undefined,
): Promise<string | undefined> {
  const left = splitLines(a)
  const right = splitLines(b)
  const [leftIds, rightIds] = numberLines(left, right, how)
  const all = await editScript(leftIds, rightIds, gate)
  const isBlank = (line: string) => line === '\n' || line === ''
  const changes = how.ignoreBlankLines
    ? all.filter(change => ![...oldLines(left, change), ...newLines(right, change)].every(isBlank))
    : all
  if (changes.length === 0) return undefined
  const [before, after] = how.labels
  const parts = [`--- ${before}\n+++ ${after}\n`]
  for (const hunk of groupChanges(changes, how.context)) parts.push(hunkText(hunk, left, right, how))
  return parts.join('')
}

/** Each with its newline, if it has one. */
function splitLines(bytes: Uint8Array): string[] {
  return decode(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function numberLines(left: readonly string[], right: readonly string[], how: LineOptions): [Int32Array, Int32Array] {
  const ids = new Map<string, number>()
  const idOf = (line: string) => {
    const key = keyOf(line, how)
    let id = ids.get(key)
    if (id === undefined) ids.set(key, (id = ids.size))
    return id
  }
  return [Int32Array.from(left, idOf), Int32Array.from(right, idOf)]
}

/** What is compared of a line. */
function keyOf(line: string, how: LineOptions): string {
  let key = line
  if (how.ignoreSpace) key = key.replace(/\s+/g, '')
  else if (how.ignoreSpaceAmount) key = key.replace(/\s+$/, '').replace(/\s+/g, ' ')
  return how.ignoreCase ? key.toLowerCase() : key
}

function oldLines(left: readonly string[], { from, to }: Change): string[] {
  return left.slice(from, to)
}

function newLines(right: readonly string[], { otherFrom, otherTo }: Change): string[] {
  return right.slice(otherFrom, otherTo)
}

/** Changes whose context touches share a hunk. */
function groupChanges(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = []
  for (const change of changes) {
    const last = hunks.at(-1)
    if (last && change.from - last.at(-1)!.to <= 2 * context) last.push(change)
    else hunks.push([change])
  }
  return hunks
}

function hunkText(
  hunk: readonly Change[],
  left: readonly string[],
  right: readonly string[],
  how: UnifiedOptions,
): string {
  const first = hunk[0]!
  const last = hunk.at(-1)!
  const start = Math.max(0, first.from - how.context)
  const end = Math.min(left.length, last.to + how.context)
  const otherStart = first.otherFrom - (first.from - start)
  const otherEnd = Math.min(right.length, last.otherTo + (end - last.to))
  let out = `@@ -${rangeText(start, end)} +${rangeText(otherStart, otherEnd)} @@\n`
  let at = start
  for (const change of hunk) {
    for (; at < change.from; at++) out += lineText(' ', left[at]!, how)
    for (const line of oldLines(left, change)) out += lineText('-', line, how)
    for (const line of newLines(right, change)) out += lineText('+', line, how)
    at = change.to
  }
  for (; at < end; at++) out += lineText(' ', left[at]!, how)
  return out
}

/** POSIX: one line has no count; no lines have the number of the line before. */
function rangeText(start: number, end: number): string {
  const count = end - start
  if (count === 1) return `${start + 1}`
  return count === 0 ? `${start},0` : `${start + 1},${count}`
}

function lineText(sign: string, line: string, how: UnifiedOptions): string {
  const lead = how.initialTab ? `${sign}\t` : sign
  const text = how.expandTabs ? expandTabs(line) : line
  return lead + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`)
}

function expandTabs(line: string): string {
  let out = ''
  for (const part of line.split(/(\t)/)) out += part === '\t' ? ' '.repeat(8 - (out.length % 8)) : part
  return out
}
