import { pruneCache, pruneImages } from '../../engine/disk-usage.ts'
import { isAnonymous, pruneVolumes } from '../../engine/volumes.ts'
import { humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { boolean } from '../flags.ts'
import { printPruned, printPrunedVolumes } from '../pruned.ts'

export default command({
  name: 'system prune',
  about: 'Remove unused data',
  most: 0,
  flags: {
    all: boolean('-a --all', 'Remove all unused images not just dangling ones'),
    force: boolean('-f --force', 'Do not prompt for confirmation (this command never prompts)'),
    volumes: boolean('--volumes', 'Prune anonymous volumes'),
  },
  async main({ engine, proc, flags }) {
    const stopped = (await engine.containers.list()).filter(
      ({ state }) => state.status === 'exited' || state.status === 'created',
    )
    if (stopped.length > 0) await proc.stdout.line('Deleted Containers:')
    for (const handle of stopped) {
      await engine.containers.remove(handle, { force: false })
      await proc.stdout.line(handle.specification.id)
    }
    if (stopped.length > 0) await proc.stdout.line('')
    const volumes = flags.volumes ? await pruneVolumes(engine, isAnonymous) : { removed: [], size: 0 }
    await printPrunedVolumes(proc, volumes.removed)
    const images = await pruneImages(engine, { all: flags.all })
    await printPruned(proc, images)
    const cache = await pruneCache(engine)
    if (cache.untagged.length > 0) {
      await proc.stdout.line('Deleted build cache objects:')
      for (const key of cache.untagged) await proc.stdout.line(key)
      await proc.stdout.line('')
    }
    await proc.stdout.line(`Total reclaimed space: ${humanSize(volumes.size + images.size + cache.size)}`)
  },
})
