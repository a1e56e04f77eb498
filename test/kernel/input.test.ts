import { expect, test } from 'vitest'
import { Input } from '../../kernel/input.ts'
import type { Process } from '../../kernel/process.ts'
import { encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'

function of(...chunks: string[]) {
  let held = 0
  let most = 0
  const input = new Input({
    read: () => encode(chunks.shift() ?? ''),
    charge: bytes => {
      held += bytes
      most = Math.max(most, held)
    },
  })
  return { input, held: () => held, most: () => most }
}

test('lines over chunks, and what is held for them is told and given back', async () => {
  const { input, held, most } = of('one\ntw', 'o\n', 'a', 'b', 'c', '\nlast')
  const lines: string[] = []
  for await (const line of input.lines()) lines.push(line)
  expect(lines).toEqual(['one', 'two', 'abc', 'last'])
  expect([held(), most()]).toEqual([0, 2])
})

test('all of it', async () => {
  const { input, held, most } = of('one', 'two', 'three')
  expect((await input.all()).length).toBe(11)
  expect([held(), most()]).toEqual([0, 8])
})

test.each([
  ['a line', async (proc: Process) => void (await proc.stdin.lines().next())],
  ['an input', async (proc: Process) => void (await proc.stdin.all())],
])('%s without an end ends by the limit of memory', async (_, read) => {
  const kernel = testKernel({}, { limits: { memory: 5_000_000 } })
  const { stdout } = await run(kernel, async proc => {
    const [from, to] = proc.pipe()
    const writer = proc.fork(async self => {
      self.close(from)
      for (;;) await self.write(to, new Uint8Array(65536).fill(120))
    })
    const reader = proc.fork(async self => {
      self.dup(from, { onto: 0 })
      self.close(to)
      await read(self)
      return 0
    })
    proc.close(from)
    proc.close(to)
    const ends = [await proc.wait(reader.pid), await proc.wait(writer.pid)]
    await proc.write(1, encode(`${JSON.stringify(ends)} ${kernel.memory} ${kernel.hasRunOutOfMemory}`))
    return 0
  })
  expect(stdout).toBe('[[3,{"killed":9}],[2,{"killed":13}]] 0 true')
})
