// What the bundler puts into the bundles of the base image (rootfs/baked.ts).

import { allPrograms } from '../cli/programs.ts'
import { bakeBase } from '../rootfs/build.ts'

export const baked = bakeBase([...allPrograms().keys()])
