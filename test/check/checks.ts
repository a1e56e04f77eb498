// All checks beyond types and lint, by name. Each gives its problems, a line each.

import { checkBase } from './base.ts'
import { checkImports } from './imports.ts'
import { checkLint } from './lint.ts'
import { checkOptions } from './options.ts'
import { checkStale } from './stale.ts'
import { checkTree } from './tree.ts'

export const all: Readonly<Record<string, (root: string) => string[] | Promise<string[]>>> = {
  base: checkBase,
  imports: checkImports,
  house: checkLint,
  options: checkOptions,
  stale: checkStale,
  tree: checkTree,
}
