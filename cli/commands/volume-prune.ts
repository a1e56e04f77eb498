import { isAnonymous, pruneVolumes } from '../../engine/volumes.ts'
import { humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { boolean, list } from '../flags.ts'
import { printPrunedVolumes } from '../pruned.ts'
import { volumeFilter } from '../volume-filters.ts'

export default command({
  name: 'volume prune',
  about: 'Remove unused local volumes',
  most: 0,
  flags: {
    all: boolean('-a --all', 'Remove all unused volumes, not just anonymous ones'),
    filter: list('--filter', 'Provide filter values: label, label!', 'filter'),
    force: boolean('-f --force', 'Do not prompt for confirmation (this command never prompts)'),
  },
  async main({ engine, proc, flags }) {
    const passes = volumeFilter(flags.filter, ['label', 'label!'])
    const pruned = await pruneVolumes(engine, volume => (flags.all || isAnonymous(volume)) && passes(volume))
    await printPrunedVolumes(proc, pruned.removed)
    await proc.stdout.line(`Total reclaimed space: ${humanSize(pruned.size)}`)
  },
})
