import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { concat, EMPTY, equalBytes } from '../lib/bytes.ts'
import { flag, number, optional, parseNumber, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { type Format, parseTypes } from './od-format.ts'
import { cellsOf, type Folding, LineWriter } from './od-lines.ts'
import { openEach } from './operands.ts'

const skipped = { hasSuffix: true }

const options = {
  bytes: flag('-b', 'As -t o1'),
  named: flag('-a', 'As -t a'),
  characters: flag('-c', 'As -t c'),
  unsigned: flag('-d', 'As -t u2'),
  unsignedLongs: flag('-D', 'As -t u4'),
  floats: flag('-f', 'As -t fF'),
  hexadecimal: flag('-h -x', 'As -t x2'),
  hexadecimalLongs: flag('-H -X', 'As -t x4'),
  integers: flag('-i', 'As -t d4'),
  shorts: flag('-s', 'As -t d2'),
  longs: flag('-l -I -L', 'As -t d8'),
  octal: flag('-o -B', 'As -t o2'),
  octalLongs: flag('-O', 'As -t o4'),
  traditional: flag(
    '--traditional',
    'Behind the one FILE stand where to begin and what to call that: [FILE] [[+]OFFSET [[+]LABEL]]',
  ),
  all: flag('-v', 'Print lines that equal the one before, not a *'),
  types: {
    ...text('-t', 'TYPE', 'How to print: a, c, or d o u x f with a size (1 2 4 8, C S I L F D)'),
    initial: [] as readonly string[],
    take: (before: readonly string[], value: string | undefined) => [...before, value ?? ''],
  },
  radix: text('-A', 'RADIX', 'The base of addresses: o, d, x, or n for none', 'o'),
  limit: number('-N', 'SIZE', 'Stop after SIZE bytes', undefined, skipped),
  skip: text('-j', 'SKIP', 'Begin after SKIP bytes'),
  strings: number('-S', 'N', 'Print only strings of at least N characters that end in NUL', undefined, skipped),
  width: optional('-w', 'WIDTH', 'Bytes on a line (16; without a number 32)'),
}

/** od, POSIX XCU; -S, -w and the old letters as in busybox. */
export default applet({
  name: 'od',
  about: 'Print the bytes of FILEs, or stdin, as numbers or characters',
  operands: '[FILE]...',
  options,
  async main(invocation) {
    const { proc, options } = invocation
    if (!/^[odxn]$/.test(options.radix.slice(0, 1)))
      throw new Failure(`bad output address radix '${options.radix.slice(0, 1)}' (must be [doxn])`)
    const formats = chosenFormats(invocation)
    const unit = Math.max(...formats.map(({ size }) => size))
    const width = await lineWidth(options.width, unit, invocation.proc)
    const { operands, offset, label } = options.traditional
      ? traditionalOperands(invocation.operands)
      : { operands: invocation.operands, offset: undefined, label: undefined }
    const skip = offset ?? (options.skip === undefined ? 0 : parseNumber(options.skip, skipped))
    const found = { any: false }
    const source = new Source(bytesOf({ ...invocation, operands }, found))
    if ((await source.skip(skip)) < skip) throw new Failure("can't skip past end of combined input")
    const plain = addressFormat(options.radix)
    const labelled = (place: number) => `${plain(place)} (${plain(place - skip + (label ?? 0))})`
    const dump = { proc, source, address: label === undefined ? plain : labelled, start: skip, offset: skip }
    if (options.strings !== undefined) await dumpStrings(dump, options.strings, options.limit)
    else await dumpLines(dump, formats, { width, showsAll: options.all, limit: options.limit })
    // busybox: without a file that could be opened there is no last address either.
    if (options.strings === undefined && found.any && options.radix[0] !== 'n')
      await proc.stdout.line(dump.address(dump.offset))
  },
})

type Od = Invocation<typeof options>

interface Traditional {
  readonly operands: readonly string[]
  readonly offset?: number | undefined
  readonly label?: number | undefined
}

/** `[FILE] [[+]OFFSET [[+]LABEL]]`. */
function traditionalOperands(operands: readonly string[]): Traditional {
  const [first = '', second = '', third = ''] = operands
  if (operands.length > 3) throw new Failure('too many arguments')
  if (operands.length === 3) {
    const [offset, label] = [oldOffset(second), oldOffset(third)]
    if (offset === undefined || label === undefined) throw new Failure('the last two arguments must be offsets')
    return { operands: [first], offset, label }
  }
  if (operands.length === 2) {
    const [offset, label] = [oldOffset(first), oldOffset(second)]
    if (offset !== undefined && label !== undefined) return { operands: [], offset, label }
    if (label === undefined) throw new Failure(`invalid second argument '${second}'`)
    return { operands: [first], offset: label }
  }
  const offset = operands.length === 1 ? oldOffset(first) : undefined
  return offset === undefined ? { operands } : { operands: [], offset }
}

/** Octal, decimal with a point behind it, or hexadecimal with 0x before it; b: blocks of 512, B: of 1024. */
function oldOffset(word: string): number | undefined {
  const match = /^\+?(\d.*?)(\.?)([bB]?)$/.exec(word)
  if (!match) return undefined
  const [, digits = '', point, unit] = match
  const factor = unit === 'b' ? 512 : unit === 'B' ? 1024 : 1
  if (point === '' && /^0[xX][\da-fA-F]+$/.test(digits)) return Number(digits) * factor
  const isWhole = point === '.' ? /^\d+$/.test(digits) : /^[0-7]+$/.test(digits)
  if (!isWhole) throw new Failure(`invalid number '${digits}'`)
  return Number.parseInt(digits, point === '.' ? 10 : 8) * factor
}

const LETTERS: readonly (readonly [key: string, type: string])[] = [
  ['named', 'a'],
  ['bytes', 'o1'],
  ['characters', 'c'],
  ['unsigned', 'u2'],
  ['unsignedLongs', 'u4'],
  ['floats', 'fF'],
  ['hexadecimalLongs', 'x4'],
  ['integers', 'd4'],
  ['longs', 'd8'],
  ['octal', 'o2'],
  ['octalLongs', 'o4'],
  ['types', ''],
  ['hexadecimal', 'x2'],
  ['shorts', 'd2'],
]

/** In an order of busybox's own, whatever the order in which they were given. */
function chosenFormats({ options, given }: Od): Format[] {
  const isGiven = new Set(given)
  const formats: Format[] = []
  for (const [key, type] of LETTERS) {
    if (!isGiven.has(key)) continue
    for (const each of key === 'types' ? options.types : [type]) formats.push(...parseTypes(each))
  }
  return formats.length > 0 ? formats : parseTypes('o2')
}

async function lineWidth(given: string | true | undefined, unit: number, proc: Process): Promise<number> {
  if (given === undefined) return unit * Math.max(1, Math.floor(16 / unit))
  const wanted = given === true ? 32 : parseNumber(given)
  if (wanted > 0 && wanted % unit === 0) return wanted
  // busybox: told of, but no failure.
  await proc.stderr.line(`od: warning: invalid width ${wanted}; using ${unit} instead`)
  await proc.stderr.flush()
  return unit
}

async function* bytesOf(invocation: Od, found: { any: boolean }): AsyncGenerator<Uint8Array> {
  for await (const input of openEach(invocation, invocation.operands)) {
    found.any = true
    try {
      yield* input.chunks()
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
      invocation.warn(`${input.name}: read error`)
    }
  }
}

class Source {
  readonly #chunks: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = EMPTY

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Exactly so many bytes, when they are at hand. */
  takeNow(count: number): Uint8Array | undefined {
    if (this.#chunk.length < count) return undefined
    const taken = this.#chunk.subarray(0, count)
    this.#chunk = this.#chunk.subarray(count)
    return taken
  }

  /** As many whole lines as are at hand, up to `most` bytes. */
  takeLines(width: number, most: number): Uint8Array {
    const there = Math.min(this.#chunk.length, most)
    const taken = this.#chunk.subarray(0, there - (there % width))
    this.#chunk = this.#chunk.subarray(taken.length)
    return taken
  }

  /** Exactly so many bytes, fewer only at the end. */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [EMPTY]
    for (let left = count; left > 0; ) {
      if (this.#chunk.length === 0 && !(await this.#fill())) break
      const part = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(part.length)
      parts.push(part)
      left -= part.length
    }
    return parts.length === 2 ? parts[1]! : concat(parts)
  }

  /** How many could be skipped. */
  async skip(count: number): Promise<number> {
    let left = count
    while (left > 0 && (this.#chunk.length > 0 || (await this.#fill()))) {
      const part = Math.min(left, this.#chunk.length)
      this.#chunk = this.#chunk.subarray(part)
      left -= part
    }
    return count - left
  }

  async #fill(): Promise<boolean> {
    const next = await this.#chunks.next()
    if (next.done) return false
    this.#chunk = next.value
    return true
  }
}

type Address = (offset: number) => string

function addressFormat(radix: string): Address {
  switch (radix[0]) {
    case 'n':
      return () => ''
    case 'd':
      return offset => String(offset).padStart(7, '0')
    case 'x':
      return offset => offset.toString(16).padStart(6, '0')
    default:
      return offset => offset.toString(8).padStart(7, '0')
  }
}

interface Dump {
  readonly proc: Process
  readonly source: Source
  readonly address: Address
  readonly start: number
  /** Where the dump ended. */
  offset: number
}

interface LineOptions {
  readonly width: number
  readonly showsAll: boolean
  readonly limit: number | undefined
}

async function dumpLines(dump: Dump, formats: readonly Format[], how: LineOptions): Promise<void> {
  const { proc, source, address } = dump
  let offset = dump.start
  let left = how.limit ?? Number.POSITIVE_INFINITY
  const folding: Folding = { before: undefined, isFolding: false }
  const unit = Math.max(...formats.map(({ size }) => size))
  const cells = cellsOf(formats)
  const lines = cells && new LineWriter(cells, { ...how, address }, folding)
  for (;;) {
    const whole = lines && source.takeLines(how.width, Math.min(left, MOST_AT_ONCE))
    if (whole && whole.length > 0) {
      const written = proc.stdout.lend(lines.write(whole, offset))
      offset += whole.length
      left -= whole.length
      if (written) await written
      const pause = proc.gate()
      if (pause) await pause
      continue
    }
    const wanted = Math.min(how.width, left)
    const line = source.takeNow(wanted) ?? (await source.take(wanted))
    if (line.length === 0) break
    const { before } = folding
    const isSame = !how.showsAll && before && line.length === how.width && equalBytes(line, before)
    const text = isSame ? '*\n' : lineText(line, address(offset), formats, unit)
    const written = isSame && folding.isFolding ? undefined : proc.stdout.write(text)
    if (written) await written
    folding.isFolding = isSame ?? false
    folding.before = line
    offset += line.length
    left -= line.length
    const pause = proc.gate()
    if (pause) await pause
  }
  dump.offset = offset
}

/** So many bytes are rendered at once: others want their turn. */
const MOST_AT_ONCE = 65536

/** The bytes that a last number lacks are zero. */
function lineText(line: Uint8Array, address: string, formats: readonly Format[], unit: number): string {
  const end = Math.ceil(line.length / unit) * unit
  const padded = end === line.length ? line : new Uint8Array(end)
  if (padded !== line) padded.set(line)
  const view = new DataView(padded.buffer, padded.byteOffset, end)
  let out = ''
  for (const [index, { size, show }] of formats.entries()) {
    out += index === 0 ? address : ' '.repeat(address.length)
    for (let at = 0; at < end; at += size) out += show(view, at)
    out += '\n'
  }
  return out
}

async function dumpStrings(dump: Dump, least: number, limit = Number.POSITIVE_INFINITY): Promise<void> {
  const { proc, source, address } = dump
  let found = ''
  for (let offset = dump.start; offset - dump.start < limit; offset++) {
    const [byte] = await source.take(1)
    if (byte === undefined) return
    if (byte >= 32 && byte < 127) {
      found += String.fromCharCode(byte)
      continue
    }
    if (byte === 0 && found.length >= least) {
      const place = address(offset - found.length)
      await proc.stdout.line(place === '' ? found : `${place} ${found}`)
    }
    found = ''
    const pause = proc.gate()
    if (pause) await pause
  }
}
