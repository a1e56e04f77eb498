import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { humanKilobytes } from './human-size.ts'
import { readMemory } from './memory-table.ts'

export default applet({
  name: 'free',
  about: 'Show how much memory is free',
  options: {
    bytes: flag('-b', 'In bytes'),
    kilobytes: flag('-k', 'In kilobytes (default)'),
    megabytes: flag('-m', 'In megabytes'),
    gigabytes: flag('-g', 'In gigabytes'),
    human: flag('-h', 'Sizes such as 1.0M'),
  },
  async main({ proc, given }) {
    const memory = readMemory(proc)
    const show = unitOf(given.at(-1))
    const row = (...values: number[]) => values.map(value => show(value).padStart(12)).join('')
    const { total, free, shared, cached, buffers, available, swapTotal, swapFree } = memory
    const cache = cached + buffers
    const heads = ['total', 'used', 'free', 'shared', 'buff/cache', 'available']
    await proc.stdout.line(`       ${heads.map(head => head.padStart(12)).join('')}`)
    await proc.stdout.line(`Mem:   ${row(total, total - free - cache, free, shared, cache, available)}`)
    await proc.stdout.line(`Swap:  ${row(swapTotal, swapTotal - swapFree, swapFree)}`)
  },
})

/** The last unit that was asked for. */
function unitOf(key: string | undefined): (kilobytes: number) => string {
  switch (key) {
    case 'bytes':
      return kilobytes => String(kilobytes * 1024)
    case 'megabytes':
      return kilobytes => String(Math.floor(kilobytes / 1024))
    case 'gigabytes':
      return kilobytes => String(Math.floor(kilobytes / 1024 ** 2))
    case 'human':
      return humanKilobytes
    default:
      return String
  }
}
