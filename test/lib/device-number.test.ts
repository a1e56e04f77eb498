import { expect, test } from 'vitest'
import { deviceOf, majorOf, minorOf } from '../../lib/device-number.ts'

test.each([
  [1, 3, 0x103],
  [8, 17, 0x811],
  [1, 300, 0x10012c],
  [259, 65536, 0x10010300],
])('device %i:%i is %i, as stat(1) has it', (major, minor, device) => {
  expect([deviceOf(major, minor), majorOf(device), minorOf(device)]).toEqual([device, major, minor])
})
