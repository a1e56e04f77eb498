// What dos2unix and unix2dos share.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { flag } from '../lib/options.ts'
import { type Declaration, Failure } from './applet.ts'

const options = { toUnix: flag('-u', 'As dos2unix'), toDos: flag('-d', 'As unix2dos') }

export function lineEndsDeclaration(name: string, toDosByDefault: boolean): Declaration<typeof options> {
  return {
    name,
    about: `Make line ends those of ${toDosByDefault ? 'DOS' : 'Unix'}, in FILEs themselves or from stdin to stdout`,
    operands: '[FILE]...',
    options,
    async main({ proc, options, operands, given }) {
      const last = given.at(-1)
      const toDos = last === undefined ? toDosByDefault : options.toDos && last === 'toDos'
      if (operands.length === 0) await convertStream(proc, toDos)
      for (const file of operands) await convertFile(proc, file, toDos)
    },
  }
}

async function convertStream(proc: Process, toDos: boolean): Promise<void> {
  for await (const chunk of proc.stdin.chunks()) {
    await proc.stdout.write(converted(chunk, toDos))
    const pause = proc.gate()
    if (pause) await pause
  }
}

/** A new file takes the old one's place, with its mode and owner. */
async function convertFile(proc: Process, file: string, toDos: boolean): Promise<void> {
  try {
    const target = proc.realpath(file)
    const { mode, uid, gid } = proc.stat(target)
    const bytes = converted(proc.contentsOf(target), toDos)
    const temporary = `${target}XXXXXX`
    const fd = await proc.open(temporary, { write: true, create: true, truncate: true }, 0o600)
    await proc.write(fd, bytes)
    proc.close(fd)
    proc.chmod(temporary, mode)
    if (proc.credentials.euid === 0) proc.chown(temporary, { uid, gid })
    proc.rename(temporary, target)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${file}': ${error.message}`)
  }
}

function converted(bytes: Uint8Array, toDos: boolean): Uint8Array {
  const out = new ByteBuilder()
  for (const byte of bytes) {
    if (byte === 13) continue
    if (byte === 10 && toDos) out.push(13)
    out.push(byte)
  }
  return out.take()
}
