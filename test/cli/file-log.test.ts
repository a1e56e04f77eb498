// A log on disk loses no byte, and tells each entry once to who reads and follows it.

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FileLog } from '../../cli/node/file-log.ts'
import { decode, encode } from '../../lib/bytes.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cowbox-log-'))
  path = join(folder, 'log.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const entry = (bytes: Uint8Array) => ({ time: 1.5, stream: 'stdout' as const, bytes })
const texts = (log: FileLog) => Array.from(log.read(), ({ bytes }) => decode(bytes))

it('keeps every byte', () => {
  const log = new FileLog(path)
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  log.append(entry(bytes))
  log.append({ time: 2, stream: 'stderr', bytes: encode('é\n') })
  expect([...new FileLog(path).read()]).toEqual([])
  log.flush()
  expect([...new FileLog(path).read()]).toEqual([entry(bytes), { time: 2, stream: 'stderr', bytes: encode('é\n') }])
})

it('is read in pieces', () => {
  const log = new FileLog(path)
  const long = 'x'.repeat(100_000)
  for (let i = 0; i < 20; i++) log.append(entry(encode(`${i}${long}`)))
  expect(texts(log).map(text => text.length)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`.length + 100_000))
})

it('passes over the half line of a process that was killed, and loses nothing after it', () => {
  const log = new FileLog(path)
  log.append(entry(encode('one')))
  log.close()
  appendFileSync(path, '{"time":1,"stream":"stdo')
  const next = new FileLog(path)
  next.append(entry(encode('two')))
  expect(texts(next)).toEqual(['one', 'two'])
})

it('tells who follows and reads each entry once', () => {
  const writer = new FileLog(path)
  writer.append(entry(encode('before')))
  writer.flush()
  const reader = new FileLog(path)
  const told: string[] = []
  const stop = reader.follow(({ bytes }) => told.push(decode(bytes)))
  writer.append(entry(encode('between')))
  writer.flush()
  expect(texts(reader)).toEqual(['before'])
  writer.append(entry(encode('after')))
  writer.flush()
  stop()
  expect(told).toEqual(['between', 'after'])
})

it('of a container that was removed is empty, and writing to it is no error', () => {
  const log = new FileLog(join(folder, 'gone/log.jsonl'))
  log.append(entry(encode('x')))
  log.flush()
  expect(texts(log)).toEqual([])
})

it('keeps much in one piece as it is, whatever it looks like', () => {
  const log = new FileLog(path)
  const much = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) & 255)
  const lines = encode('{"time":1,"stream":"stdout","log":"x"}\n'.repeat(200))
  for (const bytes of [encode('one\n'), much, encode('two\n'), lines]) log.append(entry(bytes))
  expect(texts(log)).toEqual(['one\n', decode(much), 'two\n', decode(lines)])
})

it('forgets a large piece that a killed process left unfinished, and loses nothing after it', () => {
  const log = new FileLog(path)
  log.append(entry(encode('one')))
  log.close()
  appendFileSync(path, '{"time":1,"stream":"stdout","size":5000}\nonly\na few')
  const next = new FileLog(path)
  next.append(entry(encode('two')))
  expect(texts(next)).toEqual(['one', 'two'])
})
