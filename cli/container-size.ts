// What a container takes: its own changes, and these with its image (docker's SizeRw and SizeRootFs).

import type { Engine } from '../engine/engine.ts'
import type { ContainerHandle } from '../engine/handle.ts'

export async function containerSize(
  engine: Engine,
  handle: ContainerHandle,
): Promise<{ readonly changed: number; readonly all: number }> {
  const { layers } = await engine.requireImage(handle.specification.imageId)
  const changed = await handle.changedSize()
  return { changed, all: layers.reduce((sum, layer) => sum + layer.size, changed) }
}
