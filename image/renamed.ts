// What becomes of a store's list of images when a name is set.

import type { Descriptor } from './manifest.ts'
import type { StoredImage } from './store.ts'

/** A manifest that loses its last name stays, unnamed; one that gets a name is not listed as unnamed any more. */
export function renamed(images: readonly StoredImage[], name: string | undefined, manifest: Descriptor): StoredImage[] {
  if (name === undefined) return isListed(images, manifest) ? [...images] : [...images, { name, manifest }]
  const loser = images.find(image => image.name === name)?.manifest
  const others = images.filter(
    image => image.name !== name && (image.name !== undefined || image.manifest.digest !== manifest.digest),
  )
  const isOrphaned = loser && loser.digest !== manifest.digest && !isListed(others, loser)
  return [...others, ...(isOrphaned ? [{ name: undefined, manifest: loser }] : []), { name, manifest }]
}

/** Whether setting it would change nothing. */
export function isNamed(images: readonly StoredImage[], name: string | undefined, manifest: Descriptor): boolean {
  return isListed(name === undefined ? images : images.filter(image => image.name === name), manifest)
}

function isListed(images: readonly StoredImage[], { digest }: Descriptor): boolean {
  return images.some(image => image.manifest.digest === digest)
}
