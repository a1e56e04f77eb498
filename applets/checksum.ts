// What md5sum and its sisters share: printing sums, and checking lists of them.

import { SysError } from '../kernel/errno.ts'
import type { Host } from '../kernel/host.ts'
import type { Process } from '../kernel/process.ts'
import { type IncrementalDigest, toHex } from '../lib/digest.ts'
import { flag, UsageError } from '../lib/options.ts'
import type { Declaration, Invocation } from './applet.ts'
import { openInput } from './operands.ts'

export const CHECKSUM_OPTIONS = {
  check: flag('-c', 'Check the sums that FILEs list'),
  silent: flag('-s', 'With -c: print nothing, the status tells'),
  warn: flag('-w', 'With -c: tell of lines that are no sums'),
  binary: flag('-b', 'Accepted'),
  text: flag('-t', 'Accepted'),
}

export function checksumDeclaration(
  name: string,
  what: string,
  create: (host: Host) => IncrementalDigest,
): Declaration<typeof CHECKSUM_OPTIONS> {
  return {
    name,
    about: `Print or check ${what} sums of FILEs, or stdin`,
    operands: '[FILE]...',
    options: CHECKSUM_OPTIONS,
    async main(invocation) {
      const { proc, options, operands } = invocation
      if (!options.check && (options.silent || options.warn)) throw new UsageError('')
      const sums = { invocation, create }
      for (const file of operands.length === 0 ? ['-'] : operands) {
        if (options.check) await checkList(sums, file)
        else {
          const sum = await sumOf(sums, file)
          if (sum !== undefined) await proc.stdout.line(`${sum}  ${file}`)
        }
      }
    },
  }
}

interface Sums {
  readonly invocation: Invocation<typeof CHECKSUM_OPTIONS>
  readonly create: (host: Host) => IncrementalDigest
}

/** undefined: it could not be read, and was warned of. */
async function sumOf({ invocation, create }: Sums, name: string): Promise<string | undefined> {
  const { proc, warn } = invocation
  let isOpen = false
  try {
    const input = await openInput(proc, name)
    isOpen = true
    const digest = create(proc.kernel.host)
    for await (const piece of input.pieces()) {
      digest.update(piece)
      const pause = proc.gate()
      if (pause) await pause
    }
    if (input.fd !== 0) proc.close(input.fd)
    return toHex(digest.finish())
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`can't ${isOpen ? 'read' : 'open'} '${name}': ${error.message}`)
    return undefined
  }
}

async function checkList(sums: Sums, list: string): Promise<void> {
  const { proc, options, warn } = sums.invocation
  let total = 0
  let failed = 0
  const lines = await readList(proc, list, warn)
  if (!lines) return
  for await (const line of lines) {
    total++
    // busybox: two blanks, or a blank and an asterisk, and a sum in small letters.
    const match = /^ *([^ ]+) [ *](.*)$/.exec(line)
    if (!match) {
      failed++
      if (options.warn) warn('invalid format')
      continue
    }
    const [, expected = '', file = ''] = match
    const isRight = (await sumOf(sums, file)) === expected
    if (!isRight) failed++
    if (!options.silent) await proc.stdout.line(`${file}: ${isRight ? 'OK' : 'FAILED'}`)
    await proc.stdout.flush()
  }
  // busybox 1.37: an empty list is no success.
  if (total === 0) warn(`${list}: no checksum lines found`)
  if (failed === 0) return
  if (options.silent) return proc.exit(1)
  warn(`WARNING: ${failed} of ${total} computed checksums did NOT match`)
}

async function readList(
  proc: Process,
  name: string,
  warn: (message: string) => void,
): Promise<AsyncIterable<string> | undefined> {
  try {
    return (await openInput(proc, name)).lines()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`${name}: ${error.message}`)
    return undefined
  }
}
