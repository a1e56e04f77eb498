// Platforms (OCI image-spec, image index): `linux/arm64`, read and written as containerd does.

import type { Descriptor, Platform } from './manifest.ts'

/** What this box builds and runs: its commands have no processor, and images say amd64 the most. */
export const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' }

/** undefined: it is none. `arm64` alone is linux/arm64, `x86_64` amd64, and v8 is what arm64 is anyway. */
export function parsePlatform(text: string): Platform | undefined {
  const parts = text.split('/')
  if (parts.length > 3 || !parts.every(part => /^[A-Za-z0-9_.-]+$/.test(part))) return undefined
  const [first = '', second, third] = parts.map(part => part.toLowerCase())
  if (second === undefined) return SYSTEMS.has(first) ? { os: first, architecture: 'amd64' } : normal('linux', first)
  return normal(first, second, third)
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(part => part !== undefined && part !== '').join('/')
}

/** An image made for `have` serves who wants `want`; a variant counts only where it is asked for. */
export function servesPlatform(have: Platform, want: Platform): boolean {
  const [a, b] = [normal(have.os, have.architecture, have.variant), normal(want.os, want.architecture, want.variant)]
  return a.os === b.os && a.architecture === b.architecture && (b.variant === undefined || a.variant === b.variant)
}

/**
 * The image of an index for a platform: undefined when it has none for it. Without one asked for, that for linux/amd64, or
 * its first. What is no image (BuildKit's attestations) is passed over.
 */
export function chooseManifest(manifests: readonly Descriptor[], wanted?: Platform): Descriptor | undefined {
  const images = manifests.filter(({ platform }) => platform?.os !== 'unknown')
  const serves = ({ platform }: Descriptor) =>
    platform !== undefined && servesPlatform(platform, wanted ?? DEFAULT_PLATFORM)
  return images.find(serves) ?? (wanted ? undefined : images[0])
}

const SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd'])

const ARCHITECTURES: ReadonlyMap<string, readonly [architecture: string, variant?: string]> = new Map([
  ['x86_64', ['amd64']],
  ['x86-64', ['amd64']],
  ['i386', ['386']],
  ['aarch64', ['arm64']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
])

function normal(os: string, architecture: string, variant?: string): Platform {
  const [known = architecture, implied] = ARCHITECTURES.get(architecture) ?? []
  const chosen = variant === undefined || variant === '' ? implied : variant
  const isUsual = (known === 'arm64' && (chosen === 'v8' || chosen === '8')) || (known === 'amd64' && chosen === 'v1')
  return { os, architecture: known, ...(chosen === undefined || isUsual ? {} : { variant: chosen }) }
}
