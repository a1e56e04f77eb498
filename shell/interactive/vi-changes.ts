// What vi's commands do to a line, as far as it needs no memory of the commands before.

import type { LineState } from './line-state.ts'
import type { ViCommand } from './vi-command.ts'
import { lastOfWord, type Target } from './vi-motions.ts'
import { nextCharacter } from './words.ts'

/** What 9999p of a long text would make is no line any more. */
const PUT_MAX = 1_000_000

/** A character with the marks that combine with it. */
const CHARACTER = /\P{M}\p{M}*/gu

export function changedWord(line: { text: string; cursor: number }, { key, count }: ViCommand): Target {
  const before = line.cursor - 1
  let at = before
  for (let i = count ?? 1; i > 0; i--) at = lastOfWord(` ${line.text}`, at + 1, key === 'W') - 1
  return { to: at, isInclusive: true }
}

export function forward({ text, cursor }: { text: string; cursor: number }, times: number): number {
  let at = cursor
  for (let i = 0; i < times; i++) at = nextCharacter(text, at)
  return at
}

export function replaceCharacters(state: LineState, times: number, character: string): void {
  const { buffer } = state
  const start = buffer.cursor
  const end = forward(buffer, times)
  if (start === end) {
    state.refuse()
    return
  }
  buffer.replace(
    start,
    end,
    buffer.text.slice(start, end).replace(CHARACTER, () => character),
  )
  buffer.cursor = buffer.previous
}

export function switchCase(state: LineState, times: number): void {
  const { buffer } = state
  const end = forward(buffer, times)
  if (end === buffer.cursor) {
    state.refuse()
    return
  }
  const text = buffer.text.slice(buffer.cursor, end)
  const switched = [...text].map(letter =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
  buffer.replace(buffer.cursor, end, switched.join(''))
}

export function put(state: LineState, at: number, times: number): void {
  const { buffer } = state
  const { top } = state.kills
  if (top === '' || top.length * times > PUT_MAX) {
    state.refuse()
    return
  }
  buffer.replace(at, at, top.repeat(times))
  buffer.cursor = buffer.previous
}
