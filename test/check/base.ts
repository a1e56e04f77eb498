// What bundles bring of the base image must be what the sources give, and the digests the blobs' own.

import { createHash } from 'node:crypto'
import { allPrograms } from '../../cli/programs.ts'
import type { BakedBase } from '../../rootfs/baked.ts'
import { bakeBase, baseLayer } from '../../rootfs/build.ts'

export function checkBase(): string[] {
  const applets = [...allPrograms().keys()]
  const baked = bakeBase(applets)
  const again = bakeBase([...applets].reverse())
  return [
    ...(JSON.stringify(baked) === JSON.stringify(again) ? [] : ['the base image is not the same each time it is made']),
    ...wrongDigests(baked, baseLayer(applets)),
  ]
}

function wrongDigests({ layer, config, manifest }: BakedBase, archive: Uint8Array): string[] {
  const blobs = [
    { what: 'layer', digest: layer.digest, contents: archive },
    { what: 'config', digest: config.digest, contents: config.text },
    { what: 'manifest', digest: manifest.digest, contents: manifest.text },
  ]
  return blobs
    .filter(({ digest, contents }) => digest !== `sha256:${createHash('sha256').update(contents).digest('hex')}`)
    .map(({ what, digest }) => `the base image's ${what} does not have the digest ${digest}`)
}
