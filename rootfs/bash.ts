// What the image `cowbox/bash` has beyond the base image.

import type { ImageConfig } from '../image/config.ts'
import type { Digest } from '../image/digest.ts'
import { APPLET_MARK } from '../kernel/formats.ts'
import { encode } from '../lib/bytes.ts'
import { writeTar } from '../lib/tar.ts'
import { CREATED, MTIME } from './build.ts'

export const BASH_NAME = 'docker.io/cowbox/bash:latest'

const NOTE = 'This file stands for bash.\n'

/** `/bin/bash`, whose name says which program it is. */
export function bashLayer(): Uint8Array {
  const file = { path: 'bin/bash', kind: 'file', mode: 0o755, mtime: MTIME } as const
  return writeTar([
    { path: 'bin', kind: 'directory', mode: 0o755, mtime: MTIME },
    { ...file, contents: encode(APPLET_MARK + NOTE) },
  ])
}

export function bashConfig(base: ImageConfig, layer: Digest): ImageConfig {
  return {
    ...base,
    created: CREATED,
    config: { ...base.config, Cmd: ['bash'] },
    rootfs: { type: 'layers', diff_ids: [...base.rootfs.diff_ids, layer] },
    history: [
      ...base.history,
      { created: CREATED, created_by: 'ADD /bin/bash # cowbox' },
      { created: CREATED, created_by: 'CMD ["bash"]', empty_layer: true },
    ],
  }
}
