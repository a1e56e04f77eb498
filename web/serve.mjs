// Serves dist/web, or the folder that is named, on this machine: `npm run web`. PORT chooses another port than 8080.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** As the build names every file but the page itself. */
const NAMED_BY_CONTENTS = /-[0-9A-Z]{8}\.(js|css)$/

/** Resolves to a server that listens on 127.0.0.1; port 0 is any free one. */
export async function serve(folder, port) {
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(error => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

async function answer(folder, request, response) {
  const file = fileOf(folder, request.url ?? '/')
  const contents = file && (await readFile(file).catch(missing))
  if (!contents) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': contents.length,
    'cache-control': NAMED_BY_CONTENTS.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  })
  response.end(request.method === 'HEAD' ? undefined : contents)
}

/** undefined: a path that leaves the folder, or is none. */
function fileOf(folder, url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path))
    return file.startsWith(folder + sep) && !file.includes('\0') ? file : undefined
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined
    throw error
  }
}

function missing(error) {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined
  throw error
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = resolve(process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/web'))
  const server = await serve(folder, Number(process.env.PORT ?? 8080))
  console.log(`http://127.0.0.1:${server.address().port}/`)
}
