// Random bytes of the system's own generator. Node's crypto, which gives the same, takes longer to load than a command runs.

import { randomFillSync } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { hasCode } from './host-error.ts'

const DEVICE = '/dev/urandom'
/** Read ahead: identifiers and names take a few bytes at a time. */
const RESERVE = 1024

let reserve = new Uint8Array(0)

export function randomBytes(count: number): Uint8Array {
  if (count > RESERVE) return fill(new Uint8Array(count))
  if (reserve.length < count) reserve = fill(new Uint8Array(RESERVE))
  const bytes = reserve.slice(0, count)
  reserve = reserve.subarray(count)
  return bytes
}

function fill(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return readDevice(bytes) ? bytes : randomFillSync(bytes)
}

/** false: this host has no such device, or no descriptor left for it, or it gave too little. */
function readDevice(bytes: Uint8Array): boolean {
  try {
    const fd = openSync(DEVICE, 'r')
    try {
      return readSync(fd, bytes) === bytes.length
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    if (!['ENOENT', 'EACCES', 'EMFILE', 'ENFILE'].some(code => hasCode(error, code))) throw error
    return false
  }
}
