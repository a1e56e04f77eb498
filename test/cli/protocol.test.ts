// Frames over a real socket: cut anywhere, of any size, and errors that come out as they went in.

import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Frame, fromWire, parseFrame, readFrames, send, sendJson, toWire } from '../../cli/node/protocol.ts'
import { EngineError, StartError } from '../../engine/errors.ts'
import { SysError } from '../../kernel/errno.ts'
import { concat, equalBytes } from '../../lib/bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'cowbox-frames-'))
const path = join(folder, 'socket')
const arrivals: ((socket: Socket) => void)[] = []
const server = createServer(socket => arrivals.shift()?.(socket))

beforeAll(() => new Promise<void>(resolve => server.listen(path, resolve)))
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

async function pair(): Promise<[client: Socket, served: Socket]> {
  const arrived = new Promise<Socket>(resolve => arrivals.push(resolve))
  const client = createConnection(path)
  return [client, await arrived]
}

async function all(socket: Socket): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const frame of readFrames(socket)) frames.push(frame)
  return frames
}

it('come whole and in order, the empty and the large', async () => {
  const [client, served] = await pair()
  const large = Uint8Array.from({ length: 700_001 }, (_, i) => i % 251)
  const received = all(served)
  await send(client, 'i', large)
  await send(client, 'e')
  await sendJson(client, 'z', { rows: 3, columns: 4 })
  client.end()
  const [first, second, third] = await received
  expect(first && equalBytes(first.contents, large)).toBe(true)
  expect(second).toEqual({ kind: 'e', contents: new Uint8Array(0) })
  expect(third && parseFrame(third)).toEqual({ rows: 3, columns: 4 })
})

it('may be cut between any two bytes', async () => {
  const [client, served] = await pair()
  const frame = (kind: string, text: string) =>
    concat([Uint8Array.of(kind.charCodeAt(0), 0, 0, 0, text.length), Buffer.from(text)])
  const received = all(served)
  client.setNoDelay(true)
  for (const byte of concat([frame('o', 'ab'), frame('E', ''), frame('c', '7')])) {
    client.write(Uint8Array.of(byte))
    await new Promise(resolve => setImmediate(resolve))
  }
  client.end()
  const frames = await received
  expect(frames.map(({ kind, contents }) => kind + Buffer.from(contents).toString())).toEqual(['oab', 'E', 'c7'])
})

it('that are cut off are none', async () => {
  const [client, served] = await pair()
  client.end(Uint8Array.of(111, 0, 0, 0, 9, 1, 2))
  expect(await all(served)).toEqual([])
})

it('make the writer wait for a reader that does not read', async () => {
  const [client, served] = await pair()
  served.pause()
  // More than the host's own buffers hold.
  const room = send(client, 'i', new Uint8Array(4_000_000))
  let isThere = false
  void room?.then(() => (isThere = true))
  await new Promise(resolve => setTimeout(resolve, 30))
  expect(isThere).toBe(false)
  served.resume()
  await room
  client.destroy()
})

it('carry errors as they were thrown', () => {
  const start = fromWire(toWire(new StartError('exec: "x": permission denied', 126, 'chmod +x x')))
  expect(start).toBeInstanceOf(StartError)
  expect(start).toMatchObject({ status: 126, advice: 'chmod +x x', message: 'exec: "x": permission denied' })
  expect(fromWire(toWire(new EngineError('not-running', 'no')))).toMatchObject({ code: 'not-running', message: 'no' })
  expect(fromWire(toWire(new SysError('ENOENT')))).toMatchObject({ errno: 'ENOENT' })
})
