import './module-bytes.ts'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../lib/digest.ts'
import { sha256Hex } from '../../lib/sha256.ts'
import { checkModules } from '../../wasm/check.mjs'
import { WasmDigester } from '../../wasm/digester.ts'
import { openHasher } from '../../wasm/hash.ts'
import { openManyHasher } from '../../wasm/many.ts'
import { digesterBySize } from '../../wasm/sized-digester.ts'

function native(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('SHA-256', () => {
  test('the module, TypeScript and the host agree on every length near a block', async () => {
    const hasher = await openHasher()
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 7 + 3) % 251)
    for (let length = 0; length <= bytes.length; length++) {
      const part = bytes.subarray(0, length)
      hasher.update(part)
      expect(toHex(hasher.finish()), `length ${length}`).toBe(native(part))
      expect(sha256Hex(part), `length ${length}`).toBe(native(part))
    }
    hasher.close()
  })

  test('they agree however the bytes are cut', async () => {
    const hasher = await openHasher()
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 8 }), chunks => {
        for (const chunk of chunks) hasher.update(chunk)
        const whole = Buffer.concat(chunks)
        expect(toHex(hasher.finish())).toBe(native(whole))
        expect(sha256Hex(whole)).toBe(native(whole))
      }),
      { numRuns: 200 },
    )
    hasher.close()
  })

  test('four lanes give the same, whatever the lengths of the files beside each other', async () => {
    const hasher = await openManyHasher()
    const lengths = fc.array(fc.nat({ max: 700 }), { maxLength: 12 })
    fc.assert(
      fc.property(lengths, sizes => {
        const files = sizes.map((size, file) => Uint8Array.from({ length: size }, (_, i) => i * 31 + file * 7))
        expect(hasher.digest(files).map(toHex)).toEqual(files.map(native))
      }),
      { numRuns: 200 },
    )
    const every = Array.from({ length: 300 }, (_, length) => new Uint8Array(length).fill(length))
    expect(hasher.digest([...every, new Uint8Array(500_001)]).map(toHex)).toEqual(
      [...every, new Uint8Array(500_001)].map(native),
    )
    hasher.close()
  })

  test('what is larger than the module’s buffer is read in pieces', async () => {
    const bytes = new Uint8Array(1_000_003).map((_, i) => (i * i) >> 3)
    expect(await new WasmDigester().digest(bytes)).toBe(`sha256:${native(bytes)}`)
  })
})

describe('digesters', () => {
  test('streams at the same time do not disturb one another', async () => {
    const digester = new WasmDigester()
    const texts = ['one', 'two', 'three', 'four']
    const found = await Promise.all(texts.map(text => digester.digest(slowly(text))))
    expect(found).toEqual(texts.map(text => `sha256:${native(Buffer.from(text))}`))
  })

  test('a stream that fails leaves nothing of itself in the next digest', async () => {
    const digester = new WasmDigester()
    await expect(digester.digest(failing())).rejects.toThrow('the disk is gone')
    expect(await digester.digest(Buffer.from('after'))).toBe(`sha256:${native(Buffer.from('after'))}`)
  })

  test('small pieces are answered at once, and do not wake the module', async () => {
    let isMade = false
    const digester = digesterBySize(() => {
      isMade = true
      return new WasmDigester()
    }, 100)
    expect(digester.digest(Buffer.from('abc'))).toBe(`sha256:${native(Buffer.from('abc'))}`)
    expect(isMade).toBe(false)
    const large = new Uint8Array(100)
    expect(await digester.digest(large)).toBe(`sha256:${native(large)}`)
    expect(isMade).toBe(true)
  })
})

describe('streams of pieces', () => {
  const whole = new Uint8Array(5000).map((_, i) => (i * 7) % 251)

  test.each([1, 99, 100, 101, 1000, 5000])('cut into %i bytes, each changed when it has been taken', async size => {
    const stream = digesterBySize(() => new WasmDigester(), 100).start()
    for (let at = 0; at < whole.length; at += size) {
      const piece = whole.slice(at, at + size)
      await stream.update(piece)
      piece.fill(0)
    }
    expect(await stream.finish()).toBe(`sha256:${native(whole)}`)
  })

  test('a small one does not wake the module', async () => {
    const stream = digesterBySize(() => {
      throw new Error('it was woken')
    }, 100).start()
    await stream.update(whole.subarray(0, 50))
    await stream.update(whole.subarray(50, 99))
    expect(stream.finish()).toBe(`sha256:${native(whole.subarray(0, 99))}`)
  })

  test('what fails between two pieces is told to the next one', async () => {
    let fail: (error: Error) => void = () => undefined
    const failing = {
      digest: () => new Promise<never>((_, reject) => (fail = reject)),
      many: () => Promise.reject(new Error('nobody asks for it')),
    }
    const stream = digesterBySize(() => failing, 1).start()
    const first = stream.update(whole)
    fail(new Error('the worker is gone'))
    await expect(first).rejects.toThrow('the worker is gone')
    await expect(stream.update(whole)).rejects.toThrow('the worker is gone')
    await expect(stream.finish()).rejects.toThrow('the worker is gone')
  })

  test('one that is given up leaves nothing of itself in the next', async () => {
    const digester = digesterBySize(() => new WasmDigester(), 1)
    const stream = digester.start()
    await stream.update(whole)
    stream.cancel()
    const next = digester.start()
    await next.update(Buffer.from('after'))
    expect(await next.finish()).toBe(`sha256:${native(Buffer.from('after'))}`)
    next.cancel()
  })
})

test('the built modules are what their sources give', async () => {
  expect(await checkModules()).toEqual([])
}, 60_000)

async function* slowly(text: string): AsyncGenerator<Uint8Array> {
  for (const letter of text) {
    await new Promise(resolve => setTimeout(resolve, 1))
    yield Buffer.from(letter)
  }
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half')
  throw new Error('the disk is gone')
}
