// What `images --filter` may ask.

import type { Engine } from '../engine/engine.ts'
import { familiarName, parseReference } from '../image/reference.ts'
import type { Image } from '../image/store.ts'
import { compilePattern } from '../lib/pattern.ts'
import type { FilterTests } from './filters.ts'
import { readTruth } from './filters.ts'
import { hasLabel } from './labels.ts'

/** An image under one of its names. */
export interface NamedImage {
  readonly image: Image
  /** Familiar, with its tag; undefined: it has none. */
  readonly name: string | undefined
}

export function imageTests(engine: Engine): FilterTests<NamedImage> {
  const createdOf = async (name: string) => created(await engine.requireImage(name))
  return {
    before: async value => {
      const limit = await createdOf(value)
      return ({ image }) => created(image) < limit
    },
    dangling: value => {
      const wanted = readTruth('dangling', value)
      return ({ name }) => (name === undefined) === wanted
    },
    label: value => {
      return ({ image }) => hasLabel(image.config.config?.Labels ?? {}, value)
    },
    reference: value => {
      const matches = referencePattern(value)
      return ({ name }) => name !== undefined && matches(name)
    },
    since: async value => {
      const limit = await createdOf(value)
      return ({ image }) => created(image) > limit
    },
  }
}

function created({ config }: Image): number {
  return Date.parse(config.created ?? '') || 0
}

/** Go's path.Match of the name with its tag, or of the name alone. */
function referencePattern(text: string): (name: string) => boolean {
  const pattern = compilePattern(text, { pathname: true })
  return name => pattern.matches(name) || pattern.matches(familiarName(parseReference(name)))
}
