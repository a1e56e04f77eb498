import { keepImage } from '../../engine/commit.ts'
import { MEDIA } from '../../image/manifest.ts'
import { unpack } from '../../image/unpack.ts'
import { readTar } from '../../lib/tar.ts'
import { command } from '../context.ts'
import { readHostFile } from '../create-options.ts'
import { string } from '../flags.ts'

export default command({
  name: 'import',
  about: 'Import the contents from a tarball to create a filesystem image',
  operands: 'file|- [REPOSITORY[:TAG]]',
  least: 1,
  most: 2,
  flags: { message: string('-m --message', 'Set commit message for imported image', '') },
  async main({ engine, proc, flags, operands: [file = '', tag] }) {
    const bytes = file === '-' ? await proc.stdin.all() : readHostFile(proc, file)
    const tar = await unpack(bytes)
    // Reading it to its end is what finds an archive that is damaged.
    for (const _ of readTar(tar));
    const digest = await engine.store.put(tar)
    const created = new Date(engine.host.clock.now()).toISOString()
    const config = {
      created,
      architecture: 'amd64',
      os: 'linux',
      config: {},
      rootfs: { type: 'layers' as const, diff_ids: [digest] },
      history: [{ created, comment: flags.message || `Imported from ${file}` }],
    }
    const image = await keepImage(engine, config, [{ mediaType: MEDIA.layer, digest, size: tar.length }], tag)
    await proc.stdout.line(image.id)
  },
})
