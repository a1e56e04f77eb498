import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { encode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, inputs, type NamedInput } from './applet.ts'
import { openEach } from './operands.ts'

/** cat, POSIX XCU; -n -b -v -t -e -A as in busybox. */
export default applet({
  name: 'cat',
  outputName: 'write error',
  about: 'Print FILEs to stdout',
  operands: '[FILE]...',
  options: {
    number: flag('-n', 'Number all lines'),
    numberFilled: flag('-b', 'Number lines that are not empty'),
    visible: flag('-v', 'Show control characters as ^x, bytes above 127 as M-x'),
    tabs: flag('-t', 'As -v, and tabs as ^I'),
    ends: flag('-e', 'As -v, and a $ at the end of lines'),
    all: flag('-A', 'As -vte'),
    unbuffered: flag('-u', 'Accepted: output is never held back while input is waited for'),
  },
  async main(invocation) {
    const { proc, options } = invocation
    const numbering = options.number || options.numberFilled
    const filters: Filter[] = []
    const marks = {
      controls: options.visible || options.tabs || options.ends || options.all,
      tabs: options.tabs || options.all,
      ends: options.ends || options.all,
    }
    const isShowing = marks.controls || marks.tabs || marks.ends
    if (numbering) filters.push(new Numbering(options.numberFilled, isShowing))
    if (isShowing) filters.push(new Showing(marks))
    let hasFailed = false
    // busybox numbers with other words.
    const open = numbering && !isShowing ? openEach : inputs
    for await (const input of open(invocation, invocation.operands)) {
      try {
        await copy(proc, input, filters)
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        // busybox: a directory is an empty file to -n and -b, and -v says nothing of it.
        if (isShowing) hasFailed = true
        else if (!numbering) invocation.warn(`read error: ${error.message}`)
      }
    }
    return hasFailed ? 1 : undefined
  },
})

interface Filter {
  /** What is still to be printed where a file ends. */
  end?(): string
  filter(bytes: Uint8Array): Uint8Array
}

async function copy(proc: Process, input: NamedInput, filters: readonly Filter[]): Promise<void> {
  for await (let chunk of input.pieces()) {
    for (const filter of filters) chunk = filter.filter(chunk)
    const written = proc.stdout.lend(chunk)
    if (written) await written
    const pause = proc.gate()
    if (pause) await pause
  }
  await proc.stdout.write(filters.at(-1)?.end?.() ?? '')
}

/** Lines are counted through all files; one that lacks its newline gets it (busybox). */
class Numbering implements Filter {
  readonly #skipsEmpty: boolean
  readonly #out = new ByteBuilder()
  readonly #isShowing: boolean
  #line = 0
  #atStart = true

  /** busybox: where bytes are shown too, the separator is no tab, and a line that a file does not end goes on in the next. */
  constructor(skipsEmpty: boolean, isShowing: boolean) {
    this.#isShowing = isShowing
    this.#skipsEmpty = skipsEmpty
  }

  filter(bytes: Uint8Array): Uint8Array {
    const out = this.#out
    for (let at = 0; at < bytes.length; ) {
      const newline = bytes.indexOf(10, at)
      const end = newline === -1 ? bytes.length : newline + 1
      if (this.#atStart && !(this.#skipsEmpty && bytes[at] === 10)) this.#number()
      out.append(bytes, at, end)
      this.#atStart = newline !== -1
      at = end
    }
    return out.take()
  }

  end(): string {
    const isOpen = !this.#atStart && !this.#isShowing
    if (isOpen) this.#atStart = true
    return isOpen ? '\n' : ''
  }

  #number(): void {
    this.#out.append(encode(String(++this.#line).padStart(6) + (this.#isShowing ? '  ' : '\t')))
  }
}

class Showing implements Filter {
  readonly #forms: readonly (readonly number[])[]
  readonly #out = new ByteBuilder()

  constructor(how: { controls: boolean; tabs: boolean; ends: boolean }) {
    this.#forms = Array.from({ length: 256 }, (_, byte) => visibleForm(byte, how))
  }

  filter(bytes: Uint8Array): Uint8Array {
    for (const byte of bytes) for (const part of this.#forms[byte]!) this.#out.push(part)
    return this.#out.take()
  }
}

function visibleForm(byte: number, how: { controls: boolean; tabs: boolean; ends: boolean }): number[] {
  if (byte === 10) return how.ends ? [36, 10] : [10]
  if (byte === 9) return how.tabs ? [94, 73] : [9]
  if (!how.controls) return [byte]
  const meta = byte >= 128 ? [77, 45] : []
  const low = byte & 127
  if (low === 127) return [...meta, 94, 63]
  return low < 32 ? [...meta, 94, low + 64] : [...meta, low]
}
