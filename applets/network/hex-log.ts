// What passed a connection, in hex and in letters, a line for each sixteen bytes (nc -o).

import type { Process } from '../../kernel/process.ts'
import { encode } from '../../lib/bytes.ts'

const MARKS = { sent: '>', received: '<' }
const WIDTH = 16

export class HexLog {
  readonly #proc: Process
  readonly #fd: number
  readonly #offsets = { sent: 0, received: 0 }
  #text = ''

  private constructor(proc: Process, fd: number) {
    this.#proc = proc
    this.#fd = fd
  }

  static async open(proc: Process, path: string): Promise<HexLog> {
    return new HexLog(proc, await proc.open(path, { write: true, create: true, truncate: true }))
  }

  add(bytes: Uint8Array, direction: 'sent' | 'received'): void {
    for (let at = 0; at < bytes.length; at += WIDTH) {
      const row = bytes.subarray(at, at + WIDTH)
      const hex = Array.from(row, byte => `${byte.toString(16).padStart(2, '0')} `).join('')
      const letters = Array.from(row, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
      const offset = this.#offsets[direction].toString(16).padStart(8, '0')
      this.#text += `${MARKS[direction]} ${offset} ${hex.padEnd(3 * WIDTH)}# ${letters}\n`
      this.#offsets[direction] += row.length
    }
  }

  async close(): Promise<void> {
    await this.#proc.write(this.#fd, encode(this.#text))
    this.#proc.close(this.#fd)
  }
}
