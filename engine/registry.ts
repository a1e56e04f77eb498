// Images from and to registries.

import type { Digest, Digester } from '../image/digest.ts'
import type { Platform } from '../image/manifest.ts'
import { isIndex } from '../image/manifest.ts'
import { readImage } from '../image/read.ts'
import { fullName, parseReference, type Reference } from '../image/reference.ts'
import { RegistryClient } from '../image/registry/client.ts'
import { type Credentials, type Login, loginName } from '../image/registry/credentials.ts'
import { packImage } from '../image/registry/packed.ts'
import { listTags, type Pulled, pull } from '../image/registry/pull.ts'
import { push } from '../image/registry/push.ts'
import { RegistryError } from '../image/registry/registry-error.ts'
import type { TellTransfer } from '../image/registry/transfer.ts'
import type { Store } from '../image/store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Fetch } from '../kernel/http.ts'

export interface RegistryParts {
  readonly store: Store
  readonly digester: Digester
  readonly fetch: Fetch
  readonly clock: Clock
  readonly credentials?: Credentials
}

export interface PullOptions {
  readonly platform?: Platform
  readonly tell?: TellTransfer
}

export class Registry {
  readonly #parts: RegistryParts

  constructor(parts: RegistryParts) {
    this.#parts = parts
  }

  /** Throws InvalidReferenceError, RegistryError and ImageError. */
  pull(name: string, how: PullOptions = {}): Promise<Pulled> {
    const reference = parseReference(name)
    const { store, digester } = this.#parts
    return pull(this.#client(reference), store, reference, { digester, ...how })
  }

  /** Under the name it has here. Gives the manifest's digest and size as they are there: with `gzip`, layers are packed. */
  async push(
    name: string,
    { gzip = false, ...how }: { readonly tell?: TellTransfer; readonly gzip?: boolean } = {},
  ): Promise<{ digest: Digest; size: number }> {
    const reference = parseReference(name)
    const { store } = this.#parts
    const full = fullName(reference)
    const stored = (await store.images()).find(image => image.name === full)
    if (!stored) throw new RegistryError(`An image does not exist locally with the tag: ${name}`)
    const elsewhere = await this.#elsewhere(reference)
    const { manifest, made } = gzip ? await packImage(store, stored.manifest) : { manifest: stored.manifest, made: [] }
    try {
      await push(this.#client(reference), store, { reference, manifest }, { elsewhere, ...how })
    } finally {
      if (made.length > 0) await store.discard(made)
    }
    return manifest
  }

  tags(name: string): Promise<string[]> {
    return listTags(this.#client(parseReference(name)))
  }

  /** Whether a registry takes a login. Throws RegistryError. */
  async check(domain: string, login: Login): Promise<void> {
    const { fetch, clock } = this.#parts
    const client = new RegistryClient(domain, '', { fetch, clock, credentials: async () => login })
    const response = await client.request('/v2/', { method: 'GET' })
    for await (const _ of response.body);
    if (response.status !== 200) throw new RegistryError(`${loginName(domain)}: unexpected status ${response.status}`)
  }

  #client({ domain, path }: Reference): RegistryClient {
    const { fetch, clock, credentials } = this.#parts
    return new RegistryClient(domain, path, { fetch, clock, ...(credentials ? { credentials } : {}) })
  }

  /** Layers that another repository of the same registry may have: they are asked for there instead of being sent. */
  async #elsewhere({ domain, path }: Reference): Promise<(digest: Digest) => string | undefined> {
    const places = new Map<Digest, string>()
    for (const { name, manifest } of await this.#parts.store.images()) {
      const other = name === undefined ? undefined : parseReference(name)
      if (!other || other.domain !== domain || other.path === path || isIndex(manifest)) continue
      const { layers } = await readImage(this.#parts.store, manifest)
      for (const { digest } of layers) places.set(digest, other.path)
    }
    return digest => places.get(digest)
  }
}
