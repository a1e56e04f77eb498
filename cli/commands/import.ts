import { keepImage } from '../../engine/commit.ts'
import { MEDIA } from '../../image/manifest.ts'
import { unpackStream } from '../../image/unpack.ts'
import { EMPTY } from '../../lib/bytes.ts'
import { scanTar } from '../../lib/tar.ts'
import { command } from '../context.ts'
import { string } from '../flags.ts'
import { readPieces } from '../pieces.ts'

export default command({
  name: 'import',
  about: 'Import the contents from a tarball to create a filesystem image',
  operands: 'file|- [REPOSITORY[:TAG]]',
  least: 1,
  most: 2,
  flags: { message: string('-m --message', 'Set commit message for imported image', '') },
  async main({ engine, proc, flags, operands: [file = '', tag] }) {
    const { store } = engine
    const before = await store.blobs()
    const { digest, size } = await store.putStream(unpackStream(readPieces(proc, file === '-' ? undefined : file)))
    try {
      // Reading it to its end is what finds an archive that is damaged.
      for (const _ of scanTar((await store.open(digest)) ?? EMPTY));
    } catch (error) {
      if (!before.some(blob => blob.digest === digest)) await store.discard([digest])
      throw error
    }
    const created = new Date(engine.host.clock.now()).toISOString()
    const config = {
      created,
      architecture: 'amd64',
      os: 'linux',
      config: {},
      rootfs: { type: 'layers' as const, diff_ids: [digest] },
      history: [{ created, comment: flags.message || `Imported from ${file}` }],
    }
    const image = await keepImage(engine, config, [{ mediaType: MEDIA.layer, digest, size }], tag)
    await proc.stdout.line(image.id)
  },
})
