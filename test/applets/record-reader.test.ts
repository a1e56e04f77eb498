import { expect, test } from 'vitest'
import { NEWLINE, RecordReader } from '../../applets/awk/reader.ts'

test('a record that is long is charged for while it is held, and no more when it is over', async () => {
  const megabyte = new Uint8Array(1 << 20).fill(97)
  const chunks = [megabyte, megabyte, megabyte, new Uint8Array([10, 98, 10])]
  let held = 0
  let most = 0
  const reader = new RecordReader(
    () => chunks.shift() ?? new Uint8Array(0),
    bytes => {
      held += bytes
      most = Math.max(most, held)
    },
  )
  expect(await reader.next(NEWLINE)).toBe(true)
  expect(reader.end - reader.start).toBe(3 << 20)
  expect(most).toBeGreaterThanOrEqual(3 << 20)
  expect(await reader.next(NEWLINE)).toBe(true)
  expect(await reader.next(NEWLINE)).toBe(false)
  expect(held).toBe(0)
})

test('what is refused while it is gathered ends the reading', async () => {
  const reader = new RecordReader(
    () => new Uint8Array(1 << 20),
    () => {
      throw new Error('too much')
    },
  )
  expect(() => reader.next(NEWLINE)).toThrow('too much')
})
