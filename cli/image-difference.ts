// `layers IMAGE --against OTHER`: what OTHER has that IMAGE has not, and what it has otherwise.

import type { Engine } from '../engine/engine.ts'
import { type ConfigDifference, compareConfigs, compareTrees, type FileDifference } from '../image/difference.ts'
import type { Image } from '../image/store.ts'
import { humanSize } from '../lib/human.ts'

export interface ImageDifference {
  readonly files: readonly FileDifference[]
  readonly config: readonly ConfigDifference[]
}

export async function differenceOf(engine: Engine, before: Image, after: Image): Promise<ImageDifference> {
  return {
    files: compareTrees(await engine.openTree(before), await engine.openTree(after)),
    config: compareConfigs(before.config.config, after.config.config),
  }
}

export function differenceText({ files, config }: ImageDifference): string {
  if (files.length + config.length === 0) return 'No difference in files or configuration\n'
  const lines = [...files.map(fileLine), ...config.map(configLine)]
  return `${lines.join('\n')}\n`
}

const LETTERS = { added: 'A', changed: 'C', removed: 'D' } as const

function fileLine({ kind, path, size, differs }: FileDifference): string {
  const bytes = size.after ?? size.before
  const pairs = Object.entries(differs).map(([name, [before, after]]) =>
    name === 'contents' ? contentsText(size) : `${name} ${before} -> ${after}`,
  )
  const shown = bytes === undefined ? '' : humanSize(bytes)
  return `${LETTERS[kind]} ${shown.padStart(8)} ${path}${pairs.length === 0 ? '' : `  (${pairs.join(', ')})`}`
}

function contentsText({ before = 0, after = 0 }: FileDifference['size']): string {
  const change = after - before
  return `contents, ${change === 0 ? 'of the same size' : `${change > 0 ? '+' : ''}${change} bytes`}`
}

function configLine({ field, before, after }: ConfigDifference): string {
  return `${field}: ${JSON.stringify(before) ?? 'none'} -> ${JSON.stringify(after) ?? 'none'}`
}
