// The files of accounts, changed line by line: /etc/passwd, shadow, group, gshadow.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'

export type AccountsFile = '/etc/passwd' | '/etc/shadow' | '/etc/group' | '/etc/gshadow'

/** undefined: there is no such file. */
export function readRecords(proc: Process, file: AccountsFile): string[][] | undefined {
  try {
    const lines = decode(proc.contentsOf(file)).split('\n')
    return lines.filter(line => line !== '').map(line => line.split(':'))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'ENOENT') return undefined
    throw new Failure(`${file}: ${error.message}`)
  }
}

/** Through a new file that takes the old one's place, so that nobody sees half of it. */
export async function writeRecords(proc: Process, file: AccountsFile, records: readonly string[][]): Promise<void> {
  const temporary = `${file}+`
  const mode = file.endsWith('shadow') ? 0o600 : 0o644
  try {
    const before = proc.stat(file)
    const fd = await proc.open(temporary, { write: true, create: true, truncate: true }, before.mode)
    await proc.write(fd, encode(records.map(fields => `${fields.join(':')}\n`).join('')))
    proc.close(fd)
    proc.chmod(temporary, before.mode)
    proc.chown(temporary, { uid: before.uid, gid: before.gid })
    proc.rename(temporary, file)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'ENOENT') {
      const fd = await proc.open(file, { write: true, create: true }, mode)
      await proc.write(fd, encode(records.map(fields => `${fields.join(':')}\n`).join('')))
      proc.close(fd)
      return
    }
    throw new Failure(`can't update ${file}: ${error.message}`)
  }
}

export async function addRecord(proc: Process, file: AccountsFile, fields: readonly string[]): Promise<void> {
  await writeRecords(proc, file, [...(readRecords(proc, file) ?? []), [...fields]])
}

/** Throws Failure unless root. */
export function requireRoot(proc: Process): void {
  if (proc.credentials.euid !== 0) throw new Failure('permission denied (are you root?)')
}

/** The least id in the range that nobody in the file has. */
export function freeId(proc: Process, file: '/etc/passwd' | '/etc/group', isSystem: boolean): number {
  const [least, most] = isSystem ? [100, 999] : [1000, 59999]
  const used = new Set((readRecords(proc, file) ?? []).map(fields => Number(fields[2])))
  for (let id = least; id <= most; id++) if (!used.has(id)) return id
  throw new Failure('no ids left')
}

/** Days since 1970, as shadow counts them. */
export function today(proc: Process): string {
  return String(Math.floor(proc.kernel.clock.now() / 86_400_000))
}

export function requireName(name: string): void {
  if (/[:\n]/.test(name) || name === '') throw new Failure(`illegal character in name '${name}'`)
}
