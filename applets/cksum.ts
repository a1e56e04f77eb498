import { SysError } from '../kernel/errno.ts'
import { applet } from './applet.ts'
import { openInput } from './operands.ts'

/** cksum, POSIX XCU: a CRC over the bytes and their count. */
export default applet({
  name: 'cksum',
  about: 'Print the POSIX CRC and the size of FILEs, or stdin',
  operands: '[FILE]...',
  async main({ proc, operands, warn }) {
    for (const name of operands.length === 0 ? ['-'] : operands) {
      try {
        const input = await openInput(proc, name)
        let crc = 0
        let size = 0
        for (;;) {
          const chunk = await input.read()
          if (chunk.length === 0) break
          for (let i = 0; i < chunk.length; i++) crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ chunk[i]!]!
          size += chunk.length
          const pause = proc.gate()
          if (pause) await pause
        }
        for (let rest = size; rest > 0; rest = Math.floor(rest / 256))
          crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ (rest & 255)]!
        await proc.stdout.line(`${~crc >>> 0} ${size}${operands.length === 0 ? '' : ` ${name}`}`)
        if (input.fd !== 0) proc.close(input.fd)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`can't open '${name}': ${error.message}`)
      }
    }
  },
})

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc
})
