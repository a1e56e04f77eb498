// limits (ours): dive's three rules for CI, with its figures, and how large an image may be.

import { openLayer } from '../../image/read.ts'
import { type Waste, WasteCounter } from '../../image/waste.ts'
import { scanTar } from '../../lib/tar.ts'
import type { Check } from '../check.ts'
import type { Context } from '../context.ts'
import type { LimitsTest } from '../schema.ts'

export function limitsCheck(test: LimitsTest, context: Context): Check {
  return { name: 'Limits Test', run: async () => ({ errors: errors(test, await wasteOf(context), context) }) }
}

async function wasteOf({ prepared: { image, library } }: Context): Promise<Waste> {
  const { store, digester } = library.engine
  const { diff_ids: ids } = image.config.rootfs
  const counter = new WasteCounter()
  for (const [index, layer] of image.layers.entries()) {
    counter.add(scanTar(await openLayer(store, layer, ids[index], digester)))
  }
  return counter.result()
}

function errors(test: LimitsTest, waste: Waste, { prepared: { image } }: Context): string[] {
  const { lowestEfficiency, highestWastedBytes, highestUserWastedPercent, maxSize, maxLayers } = test
  const worst = waste.paths.slice(0, 5).map(({ path, bytes, layers }) => `${path} (${bytes} bytes in ${layers} layers)`)
  const because = worst.length > 0 ? `: ${worst.join(', ')}` : ''
  return [
    ...(lowestEfficiency !== undefined && waste.efficiency < lowestEfficiency
      ? [`image efficiency is too low (efficiency=${waste.efficiency} < threshold=${lowestEfficiency})${because}`]
      : []),
    ...(highestWastedBytes !== undefined && waste.wastedBytes > highestWastedBytes
      ? [`too many bytes wasted (wasted-bytes=${waste.wastedBytes} > threshold=${highestWastedBytes})${because}`]
      : []),
    ...(highestUserWastedPercent !== undefined && waste.userWastedPercent > highestUserWastedPercent
      ? [
          `too many bytes wasted, relative to the user bytes added (%-user-wasted-bytes=${waste.userWastedPercent} > threshold=${highestUserWastedPercent})${because}`,
        ]
      : []),
    ...(maxSize !== undefined && waste.totalBytes > maxSize
      ? [`the layers hold ${waste.totalBytes} bytes, more than ${maxSize}`]
      : []),
    ...(maxLayers !== undefined && image.layers.length > maxLayers
      ? [`the image has ${image.layers.length} layers, more than ${maxLayers}`]
      : []),
  ]
}
