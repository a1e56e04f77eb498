// Orders over lines as bytes and as numbers, against the plain way.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineTable, sortByBytes, sortByNumbers } from '../../applets/sort-table.ts'
import type { Process } from '../../kernel/process.ts'
import { compareBytes } from '../../lib/bytes.ts'
import { run, testKernel } from '../kernel/box.ts'

/** Runs a piece in a process of its own. */
async function inBox(piece: (proc: Process) => Promise<void>): Promise<void> {
  const { status } = await run(testKernel(), async proc => {
    await piece(proc)
    return 0
  })
  expect(status).toBe(0)
}

const bytes = fc.uint8Array({ maxLength: 6, max: 3 }).map(line => line.map(byte => byte + 97))

test('lines order as their bytes do, equal ones as they came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 120 }), fc.boolean(), async (lines, isReverse) => {
      const table = new LineTable()
      table.add(Uint8Array.from(lines.flatMap(line => [...line, 10])), 10)
      const order = Uint32Array.from(lines, (_, index) => index)
      await inBox(proc =>
        sortByBytes(proc, order, { from: 0, to: order.length }, { bytes: table.bytes, ranges: table, isReverse }),
      )
      const sign = isReverse ? -1 : 1
      const plain = lines.map((_, index) => index).sort((a, b) => sign * compareBytes(lines[a]!, lines[b]!) || a - b)
      expect([...order]).toEqual(plain)
    }),
    { numRuns: 60 },
  )
})

test('many lines order as their bytes do, with zeros and ends among them', async () => {
  const alphabet = [0, 0, 1, 97, 255]
  let state = 1
  const random = (below: number) => (state = (state * 48271) % 2147483647) % below
  for (const count of [17, 300, 40_000]) {
    const lines = Array.from({ length: count }, () =>
      Uint8Array.from({ length: random(14) }, () => alphabet[random(alphabet.length)]!),
    )
    for (const isReverse of [false, true]) {
      const table = new LineTable()
      for (const line of lines) table.add(Uint8Array.from([...line, 10]), 10)
      const order = Uint32Array.from(lines, (_, index) => index)
      await inBox(proc =>
        sortByBytes(proc, order, { from: 0, to: order.length }, { bytes: table.bytes, ranges: table, isReverse }),
      )
      const sign = isReverse ? -1 : 1
      const plain = lines.map((_, index) => index).sort((a, b) => sign * compareBytes(lines[a]!, lines[b]!) || a - b)
      expect(order.every((line, place) => line === plain[place])).toBe(true)
    }
  }
})

test('numbers order by their bits, equal ones as they came', async () => {
  const number = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }))
  await fc.assert(
    fc.asyncProperty(fc.array(number, { maxLength: 80 }), fc.boolean(), async (values, isReverse) => {
      const order = Uint32Array.from(values, (_, index) => index)
      await inBox(proc => sortByNumbers(proc, order, { numbers: Float64Array.from(values), isReverse }))
      const by = (a: number, b: number) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0)
      const plain = values.map((_, index) => index).sort((a, b) => (isReverse ? by(b, a) : by(a, b)) || a - b)
      expect([...order]).toEqual(plain)
    }),
    { numRuns: 60 },
  )
})
