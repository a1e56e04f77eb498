import { pruneCache } from '../../engine/disk-usage.ts'
import { humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'builder prune',
  aliases: ['buildx prune'],
  about: 'Remove build cache',
  most: 0,
  flags: {
    all: boolean('-a --all', 'Remove all of the cache (this command always does)'),
    force: boolean('-f --force', 'Do not prompt for confirmation (this command never prompts)'),
  },
  async main({ engine, proc }) {
    const { untagged, size } = await pruneCache(engine)
    if (untagged.length > 0) await proc.stdout.line('ID')
    for (const key of untagged) await proc.stdout.line(key)
    await proc.stdout.line(`Total:\t${humanSize(size)}`)
  },
})
