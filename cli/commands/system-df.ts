import { diskUsage, type Usage } from '../../engine/disk-usage.ts'
import { humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { string } from '../flags.ts'
import { printRows } from '../listing.ts'

export default command({
  name: 'system df',
  about: 'Show disk usage',
  most: 0,
  flags: { format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"') },
  async main({ engine, proc, flags }) {
    const { images, containers, volumes, cache } = await diskUsage(engine)
    const rows = [
      row('Images', images),
      row('Containers', containers),
      row('Local Volumes', volumes),
      row('Build Cache', cache),
    ]
    const header = ['TYPE', 'TOTAL', 'ACTIVE', 'SIZE', 'RECLAIMABLE']
    await printRows(proc, header, ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable'], rows, flags.format)
  },
})

function row(type: string, { total, active, size, reclaimable }: Usage): Record<string, string> {
  const part = size === 0 ? '' : ` (${Math.floor((reclaimable / size) * 100)}%)`
  return {
    Type: type,
    TotalCount: String(total),
    Active: String(active),
    Size: humanSize(size),
    Reclaimable: `${humanSize(reclaimable)}${part}`,
  }
}
