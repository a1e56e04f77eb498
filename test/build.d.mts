import type { BakedBase } from '../rootfs/baked.ts'

export function bakeBase(): Promise<BakedBase>
export function buildNode(outdir?: string): Promise<void>
