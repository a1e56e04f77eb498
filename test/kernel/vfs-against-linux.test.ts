// Scripts of file system calls on our tree and on Linux's, side by side: errno and answers must be the same.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { encode } from '../../lib/bytes.ts'
import { runFileScript } from './file-script.ts'
import { FILE_SCRIPTS } from './file-scripts.ts'

describe('our tree', () => {
  it.each(FILE_SCRIPTS)('$script = $answer', ({ script, answer }) => expect(runFileScript(script)).toBe(answer))
})

describe.skipIf(!canRunHere())('this Linux', () => {
  it('answers as the table says', () => {
    const program = fileURLToPath(new URL('real-files.py', import.meta.url))
    const scripts = FILE_SCRIPTS.map(({ script }) => script)
    const { stdout } = spawnSync('python3', [program], { input: encode(JSON.stringify(scripts)) })
    const answers: readonly string[] = JSON.parse(String(stdout))
    expect(FILE_SCRIPTS.map(({ script }, i) => ({ script, answer: answers[i] }))).toEqual(FILE_SCRIPTS)
  }, 240_000)
})

/** With chroot(2), and hard links protected as distributions have it. */
function canRunHere(): boolean {
  if (spawnSync('python3', ['-c', 'import os; os.chroot("/")']).status !== 0) return false
  return readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() === '1'
}
