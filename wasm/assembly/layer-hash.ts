// layer-hash: reads stdin to its end and writes a record for each digest to stdout.
//
// A record: kind (u32: 1 is the whole stream), length of a name that follows (u32), bytes hashed (u64), digest (32 bytes),
// all little-endian. Kinds for the entries of an archive can be added without a change to what reads records.
//
// When stdin does not block and has nothing yet, the program returns with its state kept: started again it goes on. After
// a record it begins anew. So a stream passes through in constant memory, and one instance serves for many streams.

import { begin, finish, size, update } from './sha256'
import { EAGAIN, read, write } from './wasi'

const WHOLE: u32 = 1
const RECORD: usize = 48
const BUFFER: usize = 131072

const record: usize = memory.data(48, 16)
const buffer: usize = memory.data(131072, 16)
let isOpen = false

export function _start(): void {
  if (!isOpen) begin()
  isOpen = true
  for (;;) {
    const length = read(buffer, BUFFER)
    if (length == EAGAIN) return
    if (length == 0) break
    update(buffer, length as usize)
  }
  store<u32>(record, WHOLE)
  store<u32>(record, 0, 4)
  store<u64>(record, size(), 8)
  finish(record + 16)
  write(record, RECORD)
  isOpen = false
}
