// gzip by the host's own streams: both hosts have them, and they are as fast as native.

import { concat } from './bytes.ts'

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

export function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  return pass(bytes, new DecompressionStream('gzip'))
}

/** The same bytes give the same result in one host; another host's deflate may choose otherwise. */
export function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return pass(bytes, new CompressionStream('gzip'))
}

/** Throws GzipError when the data is damaged or ends too soon. */
export class GzipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GzipError'
  }
}

const CHUNK = 1 << 20

async function pass(bytes: Uint8Array, stream: TransformPair): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  const feeding = feed(writer, bytes)
  try {
    const result = await collect(stream.readable.getReader())
    await feeding
    return result
  } catch (error) {
    feeding.catch(() => undefined)
    const reason = error instanceof Error ? error.message : String(error)
    throw new GzipError(`damaged gzip data: ${reason}`)
  }
}

async function feed(writer: WritableStreamWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) await writer.write(bytes.subarray(at, at + CHUNK))
  await writer.close()
}

async function collect(reader: ReadableStreamReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [new Uint8Array(0)]
  for (;;) {
    const { done, value } = await reader.read()
    if (value) chunks.push(value)
    if (done) return concat(chunks)
  }
}
