// The door for a host that unpacks gzip faster than through the web's streams, which every host has.

export type GunzipStream = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

let handed: GunzipStream | undefined

/**
 * Called by the outermost room; undefined takes it away. What it throws for damaged data is an Error; what its source throws
 * comes as it is.
 */
export function setGunzipStream(stream: GunzipStream | undefined): void {
  handed = stream
}

/** undefined: nobody has handed one in. */
export function hostGunzipStream(): GunzipStream | undefined {
  return handed
}
