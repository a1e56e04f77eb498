// Opening operands in the words of those commands that say `name: message` (busybox: fopen_or_warn).

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { Failure, NamedInput } from './applet.ts'

interface Reporter {
  readonly proc: Process
  readonly warn: (message: string) => void
}

/** Opens each operand in turn; `-`, or none at all, is stdin. One that cannot be opened is warned of and passed over. */
export async function* openEach(reporter: Reporter, operands: readonly string[]): AsyncGenerator<NamedInput> {
  for (const name of operands.length === 0 ? ['-'] : operands) {
    const input = await openOperand(reporter, name)
    if (!input) continue
    try {
      yield input
    } finally {
      closeInput(reporter.proc, input)
    }
  }
}

/** undefined: it could not be opened, and was warned of. */
export async function openOperand({ proc, warn }: Reporter, name: string): Promise<NamedInput | undefined> {
  try {
    return await openInput(proc, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`${name}: ${error.message}`)
    return undefined
  }
}

/** Throws SysError. */
export async function openInput(proc: Process, name: string): Promise<NamedInput> {
  return name === '-' ? new NamedInput(proc, '-', 0) : new NamedInput(proc, name, await proc.open(name))
}

/** Throws Failure `can't open 'x': ...`. */
export async function openOrFail(proc: Process, name: string): Promise<NamedInput> {
  try {
    return await openInput(proc, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

export function closeInput(proc: Process, input: NamedInput): void {
  if (input.fd !== 0) proc.close(input.fd)
}

/** A stream of an input that some commands take as empty when reading is refused: a directory (busybox: getline answers EOF). */
export async function* untilRefused(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
  }
}
