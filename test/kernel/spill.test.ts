// Files whose pages lie with the host: the same as files in memory, whatever is done to them.

import { expect, test } from 'vitest'
import { nodeSpill } from '../../cli/node/spill-file.ts'
import { SysError } from '../../kernel/errno.ts'
import { seededRandom } from '../../kernel/host.ts'
import { Contents, PAGE } from '../../kernel/vfs/contents.ts'
import { Space } from '../../kernel/vfs/space.ts'
import { type SpillFile, SpillPages } from '../../kernel/vfs/spill.ts'

class MemoryFile implements SpillFile {
  bytes = new Uint8Array(0)
  cleared = 0
  isFull = false

  write(at: number, bytes: Uint8Array): void {
    if (this.isFull) throw new SysError('ENOSPC')
    if (at + bytes.length > this.bytes.length) {
      // What was never written reads as anything.
      const larger = new Uint8Array(2 * (at + bytes.length)).fill(0xee)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes.set(bytes, at)
  }

  readInto(at: number, into: Uint8Array): void {
    if (at + into.length > this.bytes.length) throw new SysError('EIO')
    into.set(this.bytes.subarray(at, at + into.length))
  }

  clear(): void {
    this.cleared++
  }
}

function withSpill(limit = Number.POSITIVE_INFINITY): { space: Space; file: MemoryFile } {
  const file = new MemoryFile()
  return { file, space: new Space(limit, { spill: new SpillPages(file, PAGE) }) }
}

const LARGEST = 24 * PAGE

test.each([1, 2, 3, 4, 5, 6])('random writes, cuts and copies: %i', seed => {
  const bytes = seededRandom(seed)
  const below = (limit: number) => new DataView(bytes(4).buffer).getUint32(0) % limit
  const { space } = withSpill()
  const plain = new Space(Number.POSITIVE_INFINITY)
  const source = bytes(below(LARGEST))
  let real = Contents.of(source)
  let model = Contents.of(source)
  for (let turn = 0; turn < 60; turn++) {
    const at = below(LARGEST)
    switch (below(6)) {
      case 0:
        real.truncate(at, space)
        model.truncate(at, plain)
        break
      case 1: {
        const before = real
        const kept = model.all()
        real = real.clone()
        model = model.clone()
        real.write(at, Uint8Array.of(1, 2, 3), space)
        model.write(at, Uint8Array.of(1, 2, 3), plain)
        expect(Buffer.compare(before.all(), kept)).toBe(0)
        break
      }
      case 2:
        expect(real.read(at, 2 * PAGE)).toEqual(model.read(at, 2 * PAGE))
        break
      case 3: {
        const start = at - (at % PAGE)
        const whole = bytes(PAGE * (1 + below(3)))
        real.write(start, whole, space)
        model.write(start, whole, plain)
        break
      }
      default: {
        const some = bytes(below(3 * PAGE))
        expect(real.write(at, some, space)).toBe(model.write(at, some, plain))
      }
    }
    expect(real.size).toBe(model.size)
  }
  expect(Buffer.compare(real.all(), model.all())).toBe(0)
  const into = new Uint8Array(real.size)
  real.readInto(0, into)
  expect(Buffer.compare(into, model.all())).toBe(0)
  const again = Contents.of()
  again.apply(real.over(undefined), plain)
  expect(Buffer.compare(again.all(), model.all())).toBe(0)
})

test('what is removed is given back, but for what a copy still has', () => {
  const { space, file } = withSpill()
  const first = Contents.of()
  first.write(0, new Uint8Array(LARGEST).fill(7), space)
  expect(file.bytes.length).toBeGreaterThan(0)
  first.free(space)
  expect({ used: space.used, cleared: file.cleared }).toEqual({ used: 0, cleared: 1 })

  const shared = Contents.of()
  shared.write(0, new Uint8Array(LARGEST).fill(8), space)
  const copy = shared.clone()
  shared.free(space)
  const other = Contents.of()
  other.write(0, new Uint8Array(LARGEST).fill(9), space)
  expect(copy.all().every(byte => byte === 8)).toBe(true)
  expect(file.cleared).toBe(1)
})

test('where the host has no room memory must serve, and what lay there is still read', () => {
  const { space, file } = withSpill()
  const contents = Contents.of()
  contents.write(0, new Uint8Array(18 * PAGE).fill(1), space)
  file.isFull = true
  expect(contents.write(18 * PAGE, new Uint8Array(PAGE).fill(2), space)).toBe(PAGE)
  // In the middle of a page that lies there.
  expect(contents.write(17 * PAGE + 5, Uint8Array.of(3), space)).toBe(0)
  const all = contents.all()
  expect([all[17 * PAGE + 5], all[18 * PAGE + 5], all.length]).toEqual([1, 2, 19 * PAGE])
})

test('the limit of space counts pages wherever they lie', () => {
  const { space } = withSpill(20 * PAGE)
  const contents = Contents.of()
  expect(contents.write(0, new Uint8Array(LARGEST), space)).toBe(20 * PAGE)
  contents.truncate(0, space)
  expect(space.used).toBe(0)
})

test("the host's file, in Node", () => {
  const space = new Space(Number.POSITIVE_INFINITY, { spill: nodeSpill() })
  const contents = Contents.of()
  const bytes = seededRandom(1)(LARGEST)
  contents.write(0, bytes, space)
  contents.write(20 * PAGE + 9, Uint8Array.of(1, 2, 3), space)
  bytes.set([1, 2, 3], 20 * PAGE + 9)
  expect(Buffer.compare(contents.all(), bytes)).toBe(0)
  contents.free(space)
})
