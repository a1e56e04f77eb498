// What is generated must be what the generator gives now.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export function checkStale(root: string): string[] {
  const { stdout } = spawnSync(process.execPath, [join(root, 'test/generate.mjs'), '--check'], {
    cwd: root,
    encoding: 'utf8',
  })
  return stdout.split('\n').filter(line => line !== '')
}
