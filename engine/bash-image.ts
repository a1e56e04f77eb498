// The image `cowbox/bash`: the base image with /bin/bash. It is made when somebody first asks for it, and kept as any other.

import { MEDIA } from '../image/manifest.ts'
import type { Image } from '../image/store.ts'
import { bashConfig, bashLayer } from '../rootfs/bash.ts'
import { keepImage } from './commit.ts'
import type { Engine } from './engine.ts'

export async function makeBashImage(engine: Engine, base: Image, tag: string): Promise<Image> {
  const layer = bashLayer()
  const digest = await engine.store.put(layer)
  const layers = [...base.layers, { mediaType: MEDIA.layer, digest, size: layer.length }]
  return keepImage(engine, bashConfig(base.config, digest), layers, tag)
}
