import type { BakedBase } from '../rootfs/baked.ts'

export function bake(): Promise<{ readonly base: BakedBase }>
export function buildNode(outdir?: string): Promise<void>
