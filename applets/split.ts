import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { number } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'

/** split, POSIX XCU. */
export default applet({
  name: 'split',
  about: 'Cut a file, or stdin, into pieces: PREFIXaa, PREFIXab, ...',
  operands: '[FILE [PREFIX]]',
  most: 2,
  options: {
    bytes: number('-b', 'N', 'Pieces of N bytes', undefined, { least: 1, hasSuffix: true }),
    lines: number('-l -NUM', 'N', 'Pieces of N lines', 1000, { least: 1, hasSuffix: true }),
    suffix: number('-a', 'N', 'Letters of the suffix', 2, { least: 1, most: 200 }),
  },
  async main({ proc, options, operands }) {
    const [name = '-', prefix = 'x'] = operands
    let input: Awaited<ReturnType<typeof openInput>>
    try {
      input = await openInput(proc, name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${name}': ${error.message}`)
    }
    const isBytes = options.bytes !== undefined
    const pieces = new Pieces(proc, prefix, options.suffix, options.bytes ?? options.lines)
    for await (const chunk of input.chunks()) {
      for (let at = 0; at < chunk.length; ) {
        const end = isBytes ? Math.min(chunk.length, at + pieces.left) : lineEnd(chunk, at)
        const units = isBytes ? end - at : chunk[end - 1] === 10 ? 1 : 0
        await pieces.write(chunk.slice(at, end), units)
        at = end
      }
      const pause = proc.gate()
      if (pause) await pause
    }
    await pieces.close()
  },
})

function lineEnd(chunk: Uint8Array, at: number): number {
  const newline = chunk.indexOf(10, at)
  return newline === -1 ? chunk.length : newline + 1
}

class Pieces {
  /** Bytes or lines that the open piece still takes. */
  left: number
  readonly #proc: Process
  readonly #prefix: string
  readonly #letters: number
  readonly #size: number
  #count = 0
  #fd: number | undefined

  constructor(proc: Process, prefix: string, letters: number, size: number) {
    this.#proc = proc
    this.#prefix = prefix
    this.#letters = letters
    this.#size = size
    this.left = size
  }

  async write(bytes: Uint8Array, units: number): Promise<void> {
    this.#fd ??= await this.#proc.open(this.#nextName(), { write: true, create: true, truncate: true })
    await this.#proc.write(this.#fd, bytes)
    this.left -= units
    if (this.left === 0) await this.close()
  }

  async close(): Promise<void> {
    if (this.#fd !== undefined) this.#proc.close(this.#fd)
    this.#fd = undefined
    this.left = this.#size
  }

  #nextName(): string {
    let rest = this.#count++
    let suffix = ''
    for (let i = 0; i < this.#letters; i++) {
      suffix = String.fromCharCode(97 + (rest % 26)) + suffix
      rest = Math.floor(rest / 26)
    }
    if (rest > 0) throw new Failure('output file suffixes exhausted')
    return this.#prefix + suffix
  }
}
