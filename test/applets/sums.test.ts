import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat } from '../../lib/bytes.ts'
import { Crc32 } from '../../lib/crc32.ts'
import { toHex } from '../../lib/digest.ts'
import { editScript } from '../../lib/edit-script.ts'
import { Inflate, InflateError } from '../../lib/inflate.ts'
import { Md5 } from '../../lib/md5.ts'
import { Sha1 } from '../../lib/sha1.ts'
import { Sha512 } from '../../lib/sha512.ts'

const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 })

describe('digests', () => {
  it.each([
    ['md5', () => new Md5()],
    ['sha1', () => new Sha1()],
    ['sha512', () => new Sha512()],
  ] as const)('%s is as Node has it, however the bytes are cut', (name, create) => {
    fc.assert(
      fc.property(pieces, parts => {
        const ours = create()
        for (const part of parts) ours.update(part)
        expect(toHex(ours.finish())).toBe(
          createHash(name)
            .update(concat([new Uint8Array(0), ...parts]))
            .digest('hex'),
        )
      }),
    )
  })

  it('crc32 has the check value of its standard', () => {
    const crc = new Crc32()
    crc.update(new TextEncoder().encode('123456789'))
    expect(crc.value).toBe(0xcbf43926)
  })
})

describe('inflate', () => {
  it('undoes deflate, however the stream is cut, and gives back what follows', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5000 }),
    )
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 9 }), (data, size, level) => {
        const plain = Uint8Array.from(data)
        const stream = concat([deflateRawSync(plain, { level }), Uint8Array.of(1, 2, 3)])
        const inflate = new Inflate()
        const out: Uint8Array[] = [new Uint8Array(0)]
        let at = 0
        while (!inflate.isDone) {
          out.push(inflate.push(stream.subarray(at, at + size), at >= stream.length))
          at += size
        }
        expect(concat(out)).toEqual(plain)
        expect([...inflate.rest, ...stream.subarray(at)]).toEqual([1, 2, 3])
      }),
    )
  })

  it('refuses a stream that is cut off or damaged', () => {
    const stream = deflateRawSync(new TextEncoder().encode('hello hello hello'))
    expect(() => new Inflate().push(stream.subarray(0, 5), true)).toThrow(InflateError)
    expect(() => new Inflate().push(Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0, 0), true)).toThrow(InflateError)
  })
})

describe('edit script', () => {
  it('turns one sequence into the other, and is no longer than it must be', async () => {
    const sequence = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(sequence, sequence, async (left, right) => {
        const changes = await editScript(Int32Array.from(left), Int32Array.from(right), () => undefined)
        const out: number[] = []
        let at = 0
        let size = 0
        for (const { from, to, otherFrom, otherTo } of changes) {
          out.push(...left.slice(at, from), ...right.slice(otherFrom, otherTo))
          at = to
          size += to - from + otherTo - otherFrom
        }
        expect([...out, ...left.slice(at)]).toEqual(right)
        expect(size).toBe(left.length + right.length - 2 * longestCommon(left, right))
      }),
    )
  })
})

describe('edit script of much', () => {
  it('turns one sequence into the other where they have little in common', async () => {
    const left = Array.from({ length: 6000 }, (_, at) => at)
    const right = [...left.toReversed(), -1]
    const changes = await editScript(Int32Array.from(left), Int32Array.from(right), () => undefined)
    const out: number[] = []
    let at = 0
    for (const { from, to, otherFrom, otherTo } of changes) {
      out.push(...left.slice(at, from), ...right.slice(otherFrom, otherTo))
      at = to
    }
    expect([...out, ...left.slice(at)]).toEqual(right)
  })
})

function longestCommon(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const x of a) {
    const next = [0]
    for (const [j, y] of b.entries()) next.push(x === y ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!))
    row = next
  }
  return row[b.length]!
}
