import { pruneImages } from '../../engine/disk-usage.ts'
import { humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { boolean } from '../flags.ts'
import { printPruned } from '../pruned.ts'

export default command({
  name: 'image prune',
  about: 'Remove unused images',
  most: 0,
  flags: {
    all: boolean('-a --all', 'Remove all unused images, not just dangling ones'),
    force: boolean('-f --force', 'Do not prompt for confirmation (this command never prompts)'),
  },
  async main({ engine, proc, flags }) {
    const pruned = await pruneImages(engine, { all: flags.all })
    await printPruned(proc, pruned)
    await proc.stdout.line(`Total reclaimed space: ${humanSize(pruned.size)}`)
  },
})
