import { usersOf, type Volume } from '../../engine/volumes.ts'
import { command } from '../context.ts'
import { boolean, list, string } from '../flags.ts'
import { printRows } from '../listing.ts'
import { volumeFilter } from '../volume-filters.ts'

export default command({
  name: 'volume ls',
  aliases: ['volume list'],
  about: 'List volumes',
  most: 0,
  flags: {
    filter: list('-f --filter', 'Provide filter values: dangling, driver, label, name', 'filter'),
    format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"'),
    quiet: boolean('-q --quiet', 'Only display volume names'),
  },
  async main({ engine, proc, flags }) {
    const users = await usersOf(engine)
    const passes = volumeFilter(flags.filter, ['dangling', 'driver', 'label', 'name'], name => users.has(name))
    const found = engine.volumes.list().filter(passes)
    if (flags.quiet) {
      for (const { name } of found) await proc.stdout.line(name)
      return
    }
    await printRows(proc, ['DRIVER', 'VOLUME NAME'], ['Driver', 'Name'], found.map(describe), flags.format)
  },
})

function describe({ name, labels, mountpoint }: Volume): Record<string, string> {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
  return { Driver: 'local', Name: name, Labels: pairs.join(','), Mountpoint: mountpoint, Scope: 'local' }
}
