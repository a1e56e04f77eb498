import { expect, test } from 'vitest'
import { Capture } from '../../kernel/capture.ts'

test('keeps chunks of every size in order', () => {
  const capture = new Capture()
  const sizes = [1, 0, 100, 5000, 3, 4095, 4096, 70_000, 10, ...Array.from({ length: 300 }, (_, i) => i * 7)]
  const expected: number[] = []
  for (const [index, size] of sizes.entries()) {
    const bytes = new Uint8Array(size).fill(index)
    expected.push(...bytes)
    capture.write(bytes)
    expect(capture.size).toBe(expected.length)
    if (index % 50 === 7) expect(capture.bytes.length).toBe(expected.length)
  }
  expect(Buffer.from(capture.bytes).equals(Buffer.from(expected))).toBe(true)
  expect(Buffer.from(capture.bytes).equals(Buffer.from(expected))).toBe(true)
})

test('refuses what goes over its limit', () => {
  const capture = new Capture(5000)
  capture.write(new Uint8Array(4999))
  expect(() => capture.write(new Uint8Array(2))).toThrow('No space left on device')
  expect(capture.size).toBe(4999)
})
