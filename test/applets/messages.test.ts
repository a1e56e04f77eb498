import { describe, expect, test } from 'vitest'
import { TestBox } from '../engine-box.ts'

describe('messages among the output', () => {
  test('stand where they were said when both go to one place', async () => {
    const box = await TestBox.open(
      new Map([
        ['a', '1\n'],
        ['b', '2\n'],
      ]),
    )
    const { stdout } = await box.run('head -n 1 a missing b 2>&1; grep . a missing b 2>&1; cksum a missing 2>&1')
    expect(stdout).toBe(
      '==> a <==\n1\nhead: missing: No such file or directory\n\n==> b <==\n2\n' +
        'a:1\ngrep: missing: No such file or directory\nb:2\n' +
        "4219530715 2 a\ncksum: can't open 'missing': No such file or directory\n",
    )
  })

  test('say that the disk is full, once, and nothing breaks', async () => {
    const box = await TestBox.open(new Map())
    const { stderr, status } = await box.run('seq 1000 > /dev/full')
    expect({ stderr, status }).toEqual({ stderr: 'seq: standard output: No space left on device\n', status: 1 })
  })
})
