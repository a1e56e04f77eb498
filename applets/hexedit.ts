import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { applet, Failure } from './applet.ts'
import { RawTerminal } from './raw-terminal.ts'

const ROW = 16
/** `00000000 ` stands before the bytes. */
const LEFT = 9

/** hexedit, as in busybox: what is typed is in the file at once. */
export default applet({
  name: 'hexedit',
  about: 'Edit FILE as hexadecimal numbers, on the screen',
  operands: 'FILE',
  least: 1,
  most: 1,
  notes: ['Keys: hexadecimal digits, arrows, Home, End, PageUp, PageDown; ^X and ^C end it.'],
  async main({ proc, operands: [name = ''] }) {
    const fd = await openFile(proc, name)
    const terminal = await RawTerminal.open(proc)
    if (!terminal) throw new Failure('not a tty')
    await terminal.openScreen()
    try {
      await new HexEditor(proc, fd, terminal).run()
    } finally {
      await terminal.closeScreen()
      terminal.close()
    }
    return 0
  },
})

async function openFile(proc: Process, name: string): Promise<number> {
  try {
    return await proc.open(name, { read: true, write: true })
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

class HexEditor {
  readonly #proc: Process
  readonly #fd: number
  readonly #terminal: RawTerminal
  /** Counted in digits, of which a byte has two. */
  #at = 0
  #top = 0

  constructor(proc: Process, fd: number, terminal: RawTerminal) {
    this.#proc = proc
    this.#fd = fd
    this.#terminal = terminal
  }

  async run(): Promise<void> {
    for (;;) {
      await this.#draw()
      const key = await this.#terminal.key()
      if (key === 'eof' || key === '\x03' || key === '\x18') return
      if (/^[0-9a-fA-F]$/.test(key)) await this.#type(Number.parseInt(key, 16))
      else this.#move(key)
    }
  }

  get #size(): number {
    return this.#proc.descriptionStat(this.#fd).size
  }

  #move(key: string): void {
    const line = 2 * ROW
    const page = line * this.#terminal.rows
    const inRow = this.#at % line
    const steps: Readonly<Record<string, number>> = {
      left: -1,
      right: 1,
      up: -line,
      down: line,
      pageup: -page,
      pagedown: page,
      home: -inRow,
      end: line - 1 - inRow,
    }
    const last = Math.max(0, 2 * this.#size - 1)
    this.#at = Math.min(last, Math.max(0, this.#at + (steps[key] ?? 0)))
  }

  /** A byte that is there is changed; nothing is added. */
  async #type(digit: number): Promise<void> {
    const offset = this.#at >> 1
    if (offset >= this.#size) return
    const [old = 0] = this.#bytes(offset, 1)
    const byte = this.#at % 2 === 0 ? (digit << 4) | (old & 15) : (old & 0xf0) | digit
    this.#proc.seek(this.#fd, offset)
    await this.#proc.write(this.#fd, Uint8Array.of(byte))
    this.#move('right')
  }

  #bytes(offset: number, count: number): Uint8Array {
    this.#proc.seek(this.#fd, offset)
    const bytes = new Uint8Array(count)
    const read = this.#proc.readInto(this.#fd, bytes)
    return typeof read === 'number' ? bytes.subarray(0, read) : new Uint8Array(0)
  }

  async #draw(): Promise<void> {
    const { rows } = this.#terminal
    const row = Math.floor(this.#at / (2 * ROW))
    if (row < this.#top) this.#top = row
    if (row >= this.#top + rows) this.#top = row - rows + 1
    const bytes = this.#bytes(this.#top * ROW, rows * ROW)
    const lines = Array.from({ length: rows }, (_, at) =>
      rowText((this.#top + at) * ROW, bytes.subarray(at * ROW, (at + 1) * ROW)),
    )
    const column = LEFT + 3 * ((this.#at >> 1) % ROW) + (this.#at % 2)
    await this.#terminal.write(`\x1b[H${lines.join('\r\n')}\x1b[${row - this.#top + 1};${column + 1}H`)
  }
}

function rowText(offset: number, bytes: Uint8Array): string {
  const digits = Array.from(bytes, byte => byte.toString(16).toUpperCase().padStart(2, '0'))
  const letters = Array.from(bytes, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
  const address = offset.toString(16).padStart(8, '0')
  return `${address} ${digits.join(' ').padEnd(3 * ROW)}${letters.join('').padEnd(ROW)}`
}
