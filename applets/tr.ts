import { encode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

/** tr, POSIX XCU, on bytes as busybox has it. */
export default applet({
  name: 'tr',
  outputName: 'write error',
  about: 'Replace, squeeze or delete bytes between stdin and stdout',
  operands: 'STRING1 [STRING2]',
  least: 1,
  stopAtOperand: true,
  options: {
    complement: flag('-c -C', 'STRING1 means all bytes that are not in it'),
    remove: flag('-d', 'Delete the bytes in STRING1'),
    squeeze: flag('-s', 'Print a repeated byte of the last STRING once'),
  },
  notes: ['', 'Strings: \\n \\t \\0NN, A-Z, [:alpha:] and the other classes, [=A=]'],
  async main({ proc, options, operands }) {
    const [first = '', second] = operands
    const isTranslating = second !== undefined && !options.remove
    const set1 = options.complement ? complement(expandSet(first)) : expandSet(first)
    const set2 = second === undefined ? [] : expandSet(second)
    if (second === '' || (isTranslating && set2.length === 0)) throw new Failure('STRING2 cannot be empty')
    const table = tableOf(isTranslating ? set1 : [], set2)
    const removed = setOf(options.remove ? set1 : [])
    const kept = removed.map(isRemoved => 1 - isRemoved)
    const squeezed = setOf(options.squeeze ? (second === undefined ? set1 : set2) : [])
    const isPlain = !options.remove && !options.squeeze
    const filter = new Filter(table, removed, squeezed)
    for await (const piece of proc.stdin.pieces()) {
      const size = isPlain ? translate(piece, table) : options.squeeze ? filter.pass(piece) : remove(piece, kept)
      const written = proc.stdout.lend(piece.subarray(0, size))
      if (written) await written
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})

function translate(bytes: Uint8Array, table: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) bytes[i] = table[bytes[i]!]!
  return bytes.length
}

/** Without a branch on each byte: which of them go cannot be foreseen. How many are left. */
function remove(bytes: Uint8Array, kept: Uint8Array): number {
  let size = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    bytes[size] = byte
    size += kept[byte]!
  }
  return size
}

/** What is left of the bytes moves to their beginning. */
class Filter {
  readonly #table: Uint8Array
  readonly #removed: Uint8Array
  readonly #squeezed: Uint8Array
  #last = -1

  constructor(table: Uint8Array, removed: Uint8Array, squeezed: Uint8Array) {
    this.#table = table
    this.#removed = removed
    this.#squeezed = squeezed
  }

  /** How many are left. */
  pass(bytes: Uint8Array): number {
    const [table, removed, squeezed] = [this.#table, this.#removed, this.#squeezed]
    let last = this.#last
    let size = 0
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (removed[byte] === 1) continue
      const mapped = table[byte]!
      if (mapped === last && squeezed[mapped] === 1) continue
      last = mapped
      bytes[size++] = mapped
    }
    this.#last = last
    return size
  }
}

/** Bytes beyond the end of STRING2 become its last one. */
function tableOf(from: readonly number[], to: readonly number[]): Uint8Array {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (const [index, byte] of from.entries()) table[byte] = to[Math.min(index, to.length - 1)]!
  return table
}

function setOf(bytes: readonly number[]): Uint8Array {
  const set = new Uint8Array(256)
  for (const byte of bytes) set[byte] = 1
  return set
}

function complement(set: readonly number[]): number[] {
  const isIn = setOf(set)
  return Array.from({ length: 256 }, (_, byte) => byte).filter(byte => !isIn[byte])
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['alpha', /[A-Za-z]/],
  ['alnum', /[A-Za-z0-9]/],
  ['digit', /[0-9]/],
  ['lower', /[a-z]/],
  ['upper', /[A-Z]/],
  ['space', /[\t-\r ]/],
  ['blank', /[\t ]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['cntrl', /[\x00-\x1f\x7f]/],
  ['xdigit', /[0-9A-Fa-f]/],
  ['graph', /[!-~]/],
  ['print', /[ -~]/],
])

function expandSet(text: string): number[] {
  const items = unescapeItems(encode(text))
  const set: number[] = []
  for (let at = 0; at < items.length; ) {
    const { byte, isEscaped } = items[at]!
    const bracket = byte === 91 && !isEscaped ? bracketAt(items, at) : undefined
    if (bracket) {
      set.push(...bracket.bytes)
      at = bracket.end
      continue
    }
    const dash = items[at + 1]
    const last = items[at + 2]
    if (dash?.byte === 45 && !dash.isEscaped && last) {
      for (let next = byte; next <= last.byte; next++) set.push(next)
      at += 3
      continue
    }
    set.push(byte)
    at++
  }
  return set
}

interface Item {
  readonly byte: number
  readonly isEscaped: boolean
}

/** `[:class:]` and `[=x=]`; `[a-z]` is a range between two brackets. */
function bracketAt(items: readonly Item[], at: number): { bytes: number[]; end: number } | undefined {
  const text = items
    .slice(at, at + 12)
    .map(({ byte }) => String.fromCharCode(byte))
    .join('')
  const named = /^\[:([a-z]+):\]/.exec(text)
  const pattern = named && CLASSES.get(named[1]!)
  if (named && pattern) {
    const bytes = Array.from({ length: 128 }, (_, byte) => byte)
    return { bytes: bytes.filter(byte => pattern.test(String.fromCharCode(byte))), end: at + named[0].length }
  }
  const equivalent = /^\[=([\s\S])=\]/.exec(text)
  if (equivalent) return { bytes: [items[at + 2]!.byte], end: at + 5 }
  return undefined
}

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
])

function unescapeItems(bytes: Uint8Array): Item[] {
  const items: Item[] = []
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at++]!
    if (byte !== 92 || at === bytes.length) {
      items.push({ byte, isEscaped: false })
      continue
    }
    let value = 0
    let digits = 0
    for (; digits < 3 && bytes[at]! >= 48 && bytes[at]! <= 55 && value * 8 + bytes[at]! - 48 < 256; digits++) {
      value = value * 8 + bytes[at++]! - 48
    }
    if (digits === 0) value = ESCAPES.get(String.fromCharCode(bytes[at]!)) ?? bytes[at]!
    if (digits === 0) at++
    items.push({ byte: value, isEscaped: true })
  }
  return items
}
