import { SysError } from '../kernel/errno.ts'
import { SIGUSR1 } from '../kernel/signal.ts'
import { concat, EMPTY } from '../lib/bytes.ts'
import { parseNumber, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

const WORDS = [
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'count',
  'skip',
  'seek',
  'iseek',
  'oseek',
  'conv',
  'iflag',
  'oflag',
  'status',
]
const CONVERSIONS = ['notrunc', 'sync', 'noerror', 'fsync', 'swab', 'none']
const FLAGS = ['skip_bytes', 'count_bytes', 'fullblock', 'seek_bytes', 'append', 'direct']

export default applet({
  name: 'dd',
  about: 'Copy blocks of a file',
  operands:
    '[if=FILE] [of=FILE] [bs=N] [ibs=N] [obs=N] [count=N] [skip=N] [seek=N] [conv=...] [iflag=...] [oflag=...] [status=none|noxfer]',
  raw: true,
  notes: ['conv: notrunc sync noerror fsync swab; iflag: skip_bytes count_bytes fullblock; oflag: seek_bytes append'],
  async main({ proc, operands, warn }) {
    const given = new Map<string, string>()
    for (const word of operands) {
      const [key = '', ...value] = word.split('=')
      if (!WORDS.includes(key) || value.length === 0) throw new UsageError('')
      given.delete(key)
      given.set(key, value.join('='))
    }
    const number = (key: string, otherwise: number) =>
      given.has(key) ? parseNumber(given.get(key)!, { hasSuffix: true }) : otherwise
    const words = (key: string, known: readonly string[]) => {
      const found = (given.get(key) ?? '').split(',').filter(word => word !== '')
      const unknown = found.find(word => !known.includes(word))
      if (unknown !== undefined) throw new Failure(`invalid argument '${unknown}' to '${key}'`)
      return new Set(found)
    }
    // busybox: of bs and ibs, and of bs and obs, the later one counts.
    const keys = [...given.keys()]
    const size = (key: string) => number(keys.findLast(each => each === 'bs' || each === key) ?? key, 512)
    for (const key of ['bs', 'ibs', 'obs'])
      if (number(key, 1) === 0) throw new Failure('number 0 is not in 1..9223372036854775807 range')
    const blockSize = size('ibs')
    const outSize = size('obs')
    let waiting: Uint8Array = EMPTY
    const conv = words('conv', CONVERSIONS)
    const inFlags = words('iflag', FLAGS)
    const outFlags = words('oflag', FLAGS)
    const input = given.has('if') ? await open(given.get('if')!, { read: true }) : 0
    const seek = number('seek', number('oseek', 0)) * (outFlags.has('seek_bytes') ? 1 : outSize)
    const isAppending = outFlags.has('append')
    const output = given.has('of')
      ? await open(given.get('of')!, {
          write: true,
          create: true,
          truncate: !conv.has('notrunc') && seek === 0 && !isAppending,
          append: isAppending,
        })
      : 1
    const count = number('count', Number.POSITIVE_INFINITY)
    // POSIX: what a pipe gives less than a block of counts as one.
    const most = inFlags.has('count_bytes') ? Number.POSITIVE_INFINITY : count
    const limit = inFlags.has('count_bytes') ? count : Number.POSITIVE_INFINITY
    const skip = number('skip', number('iseek', 0)) * (inFlags.has('skip_bytes') ? 1 : blockSize)
    const started = proc.kernel.clock.now()
    let [wholeIn, partIn, wholeOut, partOut, bytes] = [0, 0, 0, 0, 0]
    const report = () => {
      const lines = `${wholeIn}+${partIn} records in\n${wholeOut}+${partOut} records out\n`
      const seconds = Math.max((proc.kernel.clock.now() - started) / 1000, 0.000001)
      const rate = `${bytes} bytes (${human(bytes)}B) copied, ${seconds.toFixed(6)} seconds, ${human(bytes / seconds)}B/s\n`
      if (given.get('status') === 'none') return
      void proc.stderr.write(lines + (given.get('status') === 'noxfer' ? '' : rate))
    }
    proc.onSignal(SIGUSR1, { handler: report, restart: true })
    await skipInput(input, skip)
    if (seek > 0) {
      proc.seek(output, seek)
      if (!conv.has('notrunc') && given.has('of')) proc.truncateDescription(output, seek)
    }
    // No real process is so soon at its first read: who is about to write a block to the pipe has then written all of it.
    if (most < Number.POSITIVE_INFINITY && proc.descriptionStat(input).kind === 'fifo') await proc.kernel.host.turn()
    for (let read = 0; read < limit && wholeIn + partIn < most; ) {
      const block = await readBlock(Math.min(blockSize, limit - read))
      if (block.length === 0) break
      read += block.length
      if (block.length === blockSize) wholeIn++
      else partIn++
      let out = block
      if (conv.has('sync') && block.length < blockSize) {
        out = new Uint8Array(blockSize)
        out.set(block)
      }
      if (conv.has('swab') && out.length % 2 === 1) throw new Failure(`can't swab ${out.length} byte buffer`)
      if (conv.has('swab')) out = swapped(out)
      bytes += out.length
      if (!(await collect(out))) return 1
      const pause = proc.gate()
      if (pause) await pause
    }
    if (waiting.length > 0 && !(await writeOut(waiting))) return 1
    report()
    return 0

    async function open(path: string, flags: Parameters<typeof proc.open>[1]): Promise<number> {
      try {
        return await proc.open(path, flags)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`can't open '${path}': ${error.message}`)
      }
    }

    /** A pipe gives what it has; with fullblock, and for sizes that one read does not reach, the block is filled. */
    async function readBlock(size: number): Promise<Uint8Array> {
      const first = await proc.read(input, size)
      if (first.length === size || first.length === 0) return first
      const isFilled = inFlags.has('fullblock') || proc.descriptionStat(input).kind !== 'fifo'
      if (!isFilled) return first
      const whole = new Uint8Array(size)
      whole.set(first)
      let filled = first.length
      while (filled < size) {
        const next = await proc.read(input, size - filled)
        if (next.length === 0) break
        whole.set(next, filled)
        filled += next.length
      }
      return whole.subarray(0, filled)
    }

    /** Where blocks of the output have another size, what is read is gathered (POSIX). */
    async function collect(block: Uint8Array): Promise<boolean> {
      if (outSize === blockSize) return await writeOut(block)
      const all = waiting.length === 0 ? block : concat([waiting, block])
      let at = 0
      for (; all.length - at >= outSize; at += outSize) if (!(await writeOut(all.slice(at, at + outSize)))) return false
      waiting = all.slice(at)
      return true
    }

    async function writeOut(block: Uint8Array): Promise<boolean> {
      const size = block.length
      if (!(await write(block))) return false
      if (size === outSize) wholeOut++
      else partOut++
      return true
    }

    async function write(block: Uint8Array): Promise<boolean> {
      try {
        await proc.write(output, block)
        return true
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`error writing '${given.get('of') ?? 'standard output'}': ${error.message}`)
        report()
        return false
      }
    }

    async function skipInput(fd: number, amount: number): Promise<void> {
      try {
        if (amount > 0) proc.seek(fd, amount)
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'ESPIPE') throw error
        for (let left = amount; left > 0; ) {
          const chunk = await proc.read(fd, Math.min(left, 65536))
          if (chunk.length === 0) return
          left -= chunk.length
        }
      }
    }
  },
})

function swapped(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice()
  for (let i = 0; i + 1 < result.length; i += 2) [result[i], result[i + 1]] = [result[i + 1]!, result[i]!]
  return result
}

function human(bytes: number): string {
  const units = ['', 'K', 'M', 'G', 'T']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return unit === 0 ? `${Math.floor(value)}` : `${value.toFixed(1)}${units[unit]}`
}
