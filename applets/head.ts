import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { EMPTY } from '../lib/bytes.ts'
import { flag, number } from '../lib/options.ts'
import { applet, type NamedInput } from './applet.ts'
import { oldCount } from './old-count.ts'
import { closeInput, openOperand } from './operands.ts'
import { Tail } from './tail-buffer.ts'

/** head, POSIX XCU; -c, negative counts, -q and -v as in busybox. */
export default applet({
  name: 'head',
  about: 'Show how each FILE, or stdin, begins',
  operands: '[FILE]...',
  options: {
    lines: number('-n', 'N', 'Stop after N lines; -N: before the last N', 10, { isSigned: true, hasSuffix: true }),
    bytes: number('-c', 'N', 'Stop after N bytes; -N: before the last N', undefined, {
      isSigned: true,
      hasSuffix: true,
    }),
    quiet: flag('-q', 'No name above a file'),
    verbose: flag('-v', 'A name above every file'),
  },
  rewrite: oldCount,
  async main(invocation) {
    const { proc, options, operands, given } = invocation
    // busybox: of -q and -v the later one counts. Of -n and -c it is the later number, in bytes once there was a -c, and
    // before the end once there was a sign.
    const naming = given.findLast(key => key === 'quiet' || key === 'verbose')
    const headers = naming === undefined ? operands.length > 1 : naming === 'verbose'
    const isBytes = options.bytes !== undefined
    const isLastBytes = given.findLast(key => key === 'lines' || key === 'bytes') === 'bytes'
    const size = Math.abs((isLastBytes ? options.bytes : options.lines) ?? 10)
    const isNegative = isBeforeEnd(options.bytes) || isBeforeEnd(options.lines)
    let first = true
    for (const operand of operands.length === 0 ? ['-'] : operands) {
      const input = await openOperand(invocation, operand)
      const name = operand === '-' ? 'standard input' : operand
      if (input && headers) await proc.stdout.line(`${first ? '' : '\n'}==> ${name} <==`)
      // busybox: the blank line before a name comes also after a file that could not be opened.
      first = false
      if (!input) continue
      try {
        await (isNegative ? copyAllBut : copyFirst)(proc, input, size, isBytes)
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        // busybox asks stdio, which only knows that something went wrong.
        invocation.warn(`${input.name}: Input/output error`)
      } finally {
        closeInput(proc, input)
      }
    }
  },
})

function isBeforeEnd(count: number | undefined): boolean {
  return count !== undefined && (count < 0 || Object.is(count, -0))
}

async function copyFirst(proc: Process, input: NamedInput, count: number, isBytes: boolean): Promise<void> {
  let left = count
  if (left === 0) return
  for await (const chunk of input.pieces()) {
    const end = isBytes ? Math.min(left, chunk.length) : endOfLines(chunk, left)
    left -= isBytes ? end : countNewlines(chunk, end)
    if (end < chunk.length) giveBack(proc, input, chunk.length - end)
    const written = proc.stdout.lend(chunk.subarray(0, end))
    if (written) await written
    if (left === 0) return
    const pause = proc.gate()
    if (pause) await pause
  }
}

/** POSIX XCU 1.4: what was read and not used stays for the next reader, where one can seek. */
function giveBack(proc: Process, input: NamedInput, count: number): void {
  try {
    proc.seek(input.fd, -count, 'current')
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'ESPIPE') throw error
  }
}

function endOfLines(chunk: Uint8Array, lines: number): number {
  let at = 0
  for (let left = lines; left > 0; left--) {
    const newline = chunk.indexOf(10, at)
    if (newline === -1) return chunk.length
    at = newline + 1
  }
  return at
}

function countNewlines(chunk: Uint8Array, end: number): number {
  let count = 0
  for (let at = chunk.indexOf(10); at !== -1 && at < end; at = chunk.indexOf(10, at + 1)) count++
  return count
}

async function copyAllBut(proc: Process, input: NamedInput, count: number, isBytes: boolean): Promise<void> {
  const tail = new Tail(count, isBytes, charge => proc.charge(charge))
  for (;;) {
    const chunk = await input.read()
    if (chunk.length === 0) break
    for (const passed of tail.add(chunk)) await proc.stdout.write(passed)
    const pause = proc.gate()
    if (pause) await pause
  }
  const [before = EMPTY] = tail.split()
  await proc.stdout.write(before)
  tail.clear()
}
