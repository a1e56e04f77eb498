// What must not be in the tree: machine paths and mirror addresses in the lock file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export function checkTree(root: string): string[] {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  return /"resolved": "(?!https:)/.test(lock) ? ['package-lock.json names a mirror'] : []
}
