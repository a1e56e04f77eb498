import { expect, test } from 'vitest'
import { Input } from '../../kernel/input.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
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

test('views are whole lines, whatever their length and however they come', async () => {
  const text = ['a', 'b'.repeat(300_000), '', 'c'.repeat(70_000), 'last'].join('\n')
  for (const size of [1, 1000, 65_536, 1_000_000]) {
    let at = 0
    const bytes = encode(text)
    let held = 0
    const input = new Input({
      read: max => bytes.subarray(at, (at += Math.min(size, max ?? size))),
      charge: more => void (held += more),
    })
    let seen = ''
    for await (const view of input.views()) {
      const piece = decode(view)
      expect(piece.endsWith('\n') || at >= bytes.length).toBe(true)
      seen += piece
    }
    expect(seen).toBe(text)
    expect(held).toBe(0)
  }
})

test('pieces are all of it, and those who read at the same time have memory of their own', async () => {
  const inputs = ['x', 'y'].map(letter => of(letter.repeat(10), letter.repeat(20)).input)
  const [first, second] = inputs.map(input => input.pieces()[Symbol.asyncIterator]())
  const views = [(await first!.next()).value, (await second!.next()).value]
  expect(views.map(view => decode(view ?? new Uint8Array(0)))).toEqual(['x'.repeat(10), 'y'.repeat(10)])
})

test('small pieces that are lent are copied too where they fill what is gathered', async () => {
  const kernel = testKernel()
  const { status } = await run(kernel, async proc => {
    const [from, to] = proc.pipe()
    proc.dup(to, { onto: 1 })
    proc.close(to)
    const block = new Uint8Array(1000)
    for (let i = 0; i < 60; i++) {
      block.fill(i)
      const lent = proc.stdout.lend(block)
      if (lent) await lent
    }
    await proc.stdout.flush()
    let seen = 0
    while (seen < 60_000) {
      for (const byte of await proc.read(from, 1000)) if (byte !== Math.floor(seen++ / 1000)) return 1
    }
    return 0
  })
  expect(status).toBe(0)
})

test("what is lent stays the lender's, who may change it afterwards", async () => {
  const kernel = testKernel()
  const { status } = await run(kernel, async proc => {
    const [from, to] = proc.pipe()
    proc.dup(to, { onto: 1 })
    proc.close(to)
    const block = new Uint8Array(50_000).fill(97)
    const lent = proc.stdout.lend(block)
    if (lent) await lent
    block.fill(98)
    await proc.stdout.flush()
    const chunk = await proc.read(from, 50_000)
    return chunk.every(byte => byte === 97) ? 0 : 1
  })
  expect(status).toBe(0)
})
