// `cowbox/vitest` as its users have it.

import { assertBox } from '../../cli/node/index.ts'
import { describe, expect, test } from '../../cli/node/vitest.ts'

describe('matchers', () => {
  test('pass for what is so', async ({ run }) => {
    const box = await run('echo out; echo err >&2; sleep 60; mkdir /d; echo text > /d/f; rm /etc/motd; exit 3')
    await expect(box).toHaveExited(3)
    expect(box).toPrint('out')
    expect(box).toPrint(/^err$/m)
    expect(box).toHaveFile('/d/f', 'text\n')
    expect(box).toHaveFile('/d/f', /^te/)
    expect(box).not.toHaveFile('/etc/motd')
    expect(box).toHaveChanged(['A /d', 'A /d/f', 'D /etc/motd'])
    await assertBox.hasExited(box, 3)
    assertBox.hasFile(box, '/d/f')
  })

  test('say why not, with what was printed', async ({ run }) => {
    const box = await run('echo hello; touch /f; exit 1')
    await expect(expect(box).toHaveExited()).rejects.toThrow(/expected exit status 0, and got 1\nstdout:\nhello\n/)
    expect(() => expect(box).toPrint('bye')).toThrow('expected "bye" printed')
    expect(() => expect(box).not.toPrint('hello')).toThrow('not to have "hello" printed')
    expect(() => expect(box).toHaveFile('/g')).toThrow('expected the file /g, and got no such file')
    expect(() => expect(box).toHaveFile('/f', 'x')).toThrow('expected "x" in /f, and got ""')
    expect(() => expect(box).toHaveChanged([])).toThrow("expected the changes (none), and got 'A /f'")
    expect(() => expect(box).toHaveChanged(['A /f', 'A /g'])).toThrow("expected the changes 'A /f', 'A /g'")
    expect(() => assertBox.prints(box, 'bye')).toThrow('expected "bye" printed')
    expect(() => assertBox.hasChanged(box, ['A /g'])).toThrow("and got 'A /f'")
  })
})

describe('fixtures', () => {
  test('a box that waits', async ({ box }) => {
    box.files.write('/etc/motd', 'changed\n')
    expect(await box.exec(['cat', '/etc/motd'])).toMatchObject({ stdout: 'changed\n', exitCode: 0 })
  })

  const own = test.extend({
    image: async ({ engine }, use) => use(await engine.build({ context: 'examples/scbusybox' })),
  })

  own('an image of one’s own', async ({ run }) => {
    const box = await run([])
    await box.advance('3s')
    expect(box.stdout.lines()).toEqual([1, 2, 3, 4].map(count => `hello world,sanchuang ${count}`))
  })

  test('stdout line by line, as it comes', async ({ run }) => {
    const box = await run('for i in 1 2 3; do echo line $i; sleep 10; done; printf end')
    const seen: string[] = []
    const reading = (async () => {
      for await (const line of box.stdout) seen.push(line)
    })()
    await box.advance('15s')
    expect(seen).toEqual(['line 1', 'line 2'])
    await box.runToEnd()
    await reading
    expect(seen).toEqual(['line 1', 'line 2', 'line 3', 'end'])
  })
})
