// What md5sum and its sisters share: printing sums, and checking lists of them.

import { SysError } from '../kernel/errno.ts'
import type { Host } from '../kernel/host.ts'
import type { Process } from '../kernel/process.ts'
import { type IncrementalDigest, toHex } from '../lib/digest.ts'
import { flag, UsageError } from '../lib/options.ts'
import { type Declaration, Failure, type Invocation } from './applet.ts'
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
      let hasFailed = false
      const fail = () => {
        hasFailed = true
      }
      const sums = { invocation, create, fail }
      for (const file of operands.length === 0 ? ['-'] : operands) {
        if (options.check) await checkList(sums, file)
        else {
          const sum = await sumOf(sums, file)
          if (sum !== undefined) await proc.stdout.line(`${sum}  ${file}`)
        }
      }
      return hasFailed ? 1 : undefined
    },
  }
}

interface Sums {
  readonly invocation: Invocation<typeof CHECKSUM_OPTIONS>
  readonly create: (host: Host) => IncrementalDigest
  /** The status becomes 1, without a word. */
  readonly fail: () => void
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
  const { fail } = sums
  const { proc, options, warn } = sums.invocation
  const { silent } = options
  let total = 0
  let failed = 0
  for await (const line of await readList(proc, list)) {
    total++
    // busybox 1.37: a blank, and perhaps another one or an asterisk; and a sum in small letters.
    const match = /^(\S*) [ *]?(.+)$/.exec(line)
    if (!match) {
      failed++
      if (options.warn) warn('invalid format')
      continue
    }
    const [, expected = '', file = ''] = match
    const isRight = (await sumOf(sums, file)) === expected
    if (!isRight) failed++
    if (!silent) await proc.stdout.line(`${file}: ${isRight ? 'OK' : 'FAILED'}`)
    await proc.stdout.flush()
  }
  // busybox 1.37: an empty list is no success.
  if (total === 0) warn(`${list}: no checksum lines found`)
  if (failed === 0) return
  if (silent) return fail()
  warn(`WARNING: ${failed} of ${total} computed checksums did NOT match`)
}

/** busybox: a list that cannot be opened ends the command, and a directory is an empty one. */
async function readList(proc: Process, name: string): Promise<AsyncIterable<string>> {
  try {
    const input = await openInput(proc, name)
    if (proc.descriptionStat(input.fd).kind !== 'directory') return input.lines()
    proc.close(input.fd)
    return (async function* () {})()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}
