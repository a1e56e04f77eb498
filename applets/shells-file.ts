// /etc/shells: what add-shell and remove-shell change.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'

const FILE = '/etc/shells'

export function readShells(proc: Process): string[] {
  try {
    return decode(proc.contentsOf(FILE))
      .split('\n')
      .filter(line => line !== '')
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'ENOENT') throw error
    return []
  }
}

export async function writeShells(proc: Process, shells: readonly string[]): Promise<void> {
  const fd = await proc.open(FILE, { write: true, create: true, truncate: true }, 0o644)
  await proc.write(fd, encode(shells.map(shell => `${shell}\n`).join('')))
  proc.close(fd)
}
