// unzip -l and -v.

import type { Process } from '../kernel/process.ts'
import type { ZipMember } from '../lib/zip.ts'

const METHODS: ReadonlyMap<number, string> = new Map([
  [0, 'Stored'],
  [8, 'Defl:N'],
  [12, 'BZip2'],
  [14, 'LZMA'],
])

/** The headings come before the archive is read. */
export async function startListing(proc: Process, isVerbose: boolean): Promise<void> {
  if (isVerbose) {
    await proc.stdout.line(' Length   Method    Size  Cmpr    Date    Time   CRC-32   Name')
    await proc.stdout.line('--------  ------  ------- ---- ---------- ----- --------  ----')
  } else {
    await proc.stdout.line('  Length      Date    Time    Name')
    await proc.stdout.line('---------  ---------- -----   ----')
  }
  await proc.stdout.flush()
}

/** busybox: the number of files is that of all in the archive. */
export async function listZip(
  proc: Process,
  members: readonly ZipMember[],
  count: number,
  isVerbose: boolean,
): Promise<number> {
  const sum = (of: (member: ZipMember) => number) => members.reduce((total, member) => total + of(member), 0)
  const [size, packed] = [sum(member => member.size), sum(member => member.packedSize)]
  if (isVerbose) {
    for (const member of members) await proc.stdout.line(longLine(member))
    await proc.stdout.line('--------          ------- ----                            ----')
    await proc.stdout.line(
      `${pad(size, 8)}  ${pad(packed, 15)} ${pad(saved(size, packed), 3)}%${' '.repeat(28)}${count} files`,
    )
    return 0
  }
  for (const member of members) await proc.stdout.line(`${pad(member.size, 9)}  ${dateText(member)}   ${member.name}`)
  await proc.stdout.line(' --------                     -------')
  await proc.stdout.line(`${pad(size, 9)}${' '.repeat(21)}${count} files`)
  return 0
}

function longLine(member: ZipMember): string {
  const method = METHODS.get(member.method) ?? `Unk:${String(member.method).padStart(3, '0')}`
  const crc = member.crc.toString(16).padStart(8, '0')
  const share = `${pad(saved(member.size, member.packedSize), 3)}%`
  return `${pad(member.size, 8)}  ${method.padEnd(6)}${pad(member.packedSize, 9)} ${share} ${dateText(member)} ${crc}  ${member.name}`
}

function saved(size: number, packed: number): number {
  return size > packed && size > 0 ? Math.floor((100 * (size - packed)) / size) : 0
}

function pad(value: number, width: number): string {
  return String(value).padStart(width)
}

function dateText({ date, time }: ZipMember): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two((date >> 5) & 15)}-${two(date & 31)}-${(date >> 9) + 1980} ${two(time >> 11)}:${two((time >> 5) & 63)}`
}
