// unzip -l and -v.

import type { Process } from '../kernel/process.ts'
import type { ZipMember } from '../lib/zip.ts'

const METHODS: ReadonlyMap<number, string> = new Map([
  [0, 'Stored'],
  [8, 'Defl:N'],
  [12, 'BZip2'],
  [14, 'LZMA'],
])

/** busybox: a line for each member that is wanted as it is read; the number of files is that of all in the archive. */
export class ZipListing {
  readonly #proc: Process
  readonly #isVerbose: boolean
  #size = 0
  #packed = 0
  #count = 0

  constructor(proc: Process, isVerbose: boolean) {
    this.#proc = proc
    this.#isVerbose = isVerbose
  }

  async start(): Promise<void> {
    const { stdout } = this.#proc
    if (this.#isVerbose) {
      await stdout.line(' Length   Method    Size  Cmpr    Date    Time   CRC-32   Name')
      await stdout.line('--------  ------  ------- ---- ---------- ----- --------  ----')
    } else {
      await stdout.line('  Length      Date    Time    Name')
      await stdout.line('---------  ---------- -----   ----')
    }
    await stdout.flush()
  }

  async take(member: ZipMember, isWanted: boolean): Promise<void> {
    this.#count++
    if (!isWanted) return
    this.#size += member.size
    this.#packed += member.packedSize
    const shortLine = () => `${pad(member.size, 9)}  ${dateText(member)}   ${printable(member.name)}`
    await this.#proc.stdout.line(this.#isVerbose ? longLine(member) : shortLine())
  }

  async finish(): Promise<void> {
    const { stdout } = this.#proc
    const [size, packed, count] = [this.#size, this.#packed, this.#count]
    if (this.#isVerbose) {
      await stdout.line('--------          ------- ----                            ----')
      const share = `${pad(saved(size, packed), 3)}%`
      await stdout.line(`${pad(size, 8)}  ${pad(packed, 15)} ${share}${' '.repeat(28)}${count} files`)
    } else {
      await stdout.line(' --------                     -------')
      await stdout.line(`${pad(size, 9)}${' '.repeat(21)}${count} files`)
    }
  }
}

function longLine(member: ZipMember): string {
  const method = METHODS.get(member.method) ?? `Unk:${String(member.method).padStart(3, '0')}`
  const crc = member.crc.toString(16).padStart(8, '0')
  const share = `${pad(saved(member.size, member.packedSize), 3)}%`
  return `${pad(member.size, 8)}  ${method.padEnd(6)}${pad(member.packedSize, 9)} ${share} ${dateText(member)} ${crc}  ${printable(member.name)}`
}

function saved(size: number, packed: number): number {
  return size > packed && size > 0 ? Math.floor((100 * (size - packed)) / size) : 0
}

/** What would move the cursor is shown as a question mark. */
export function printable(name: string): string {
  return name.replace(/[\0-\x1f\x7f]/g, '?')
}

function pad(value: number, width: number): string {
  return String(value).padStart(width)
}

function dateText({ date, time }: ZipMember): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two((date >> 5) & 15)}-${two(date & 31)}-${(date >> 9) + 1980} ${two(time >> 11)}:${two((time >> 5) & 63)}`
}
