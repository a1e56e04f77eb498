// Digests in Chromium, twice, each time in a page of its own, beside hash-wasm and the browser's own: `npm run bench tab-hash`.
// HASH_WASM names a folder with the npm package hash-wasm in it. The digests must be Node's.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { type HashRun, noise } from './hash-page.ts'

/** A page that came safely is lent the browser's own digests. */
const ADDRESS = 'https://hash.test/'

export async function benchTabHash(): Promise<void> {
  const script = await pageScript(process.env.HASH_WASM)
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const expected = nodeDigests()
    for (let time = 1; time <= 2; time++) {
      const { stream, files, digests } = await inPage(browser, script)
      show(`32 MiB in one stream, page ${time}`, stream, 'module')
      show(`800 files of 40 KB, page ${time}`, files, 'module, four lanes')
      const isSame = digests.length === expected.length && digests.every((digest, at) => digest === expected[at])
      console.log(`  ${digests.length} digests are ${isSame ? "Node's" : "NOT Node's"}`)
      if (!isSame) process.exitCode = 1
    }
  } finally {
    await browser.close()
  }
}

function show(what: string, least: HashRun['stream'], mine: string): void {
  const ours = least[mine] ?? 0
  console.log(`${what}: ${mine} ${ours.toFixed(0)} ms`)
  for (const [name, ms] of Object.entries(least)) {
    if (name !== mine) console.log(`  ${name} ${ms.toFixed(0)} ms: ours is ${(ms / ours).toFixed(2)} times as fast`)
  }
}

function nodeDigests(): string[] {
  const files = Array.from({ length: 800 }, (_, file) => noise(39_000 + ((file * 7919) % 3000), file))
  return [noise(32 << 20, 1), ...files].map(bytes => `sha256:${createHash('sha256').update(bytes).digest('hex')}`)
}

async function inPage(browser: Browser, script: string): Promise<HashRun> {
  const page = await browser.newPage()
  await page.route(`${ADDRESS}**`, route =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: '<script type=module src=bench.js></script>' }),
  )
  await page.goto(ADDRESS)
  await page.waitForFunction('globalThis.done !== undefined', undefined, { timeout: 240_000 })
  const text = await page.evaluate('globalThis.done')
  await page.close()
  // What the script of a few lines below makes.
  return JSON.parse(String(text)) as HashRun
}

async function pageScript(theirs: string | undefined): Promise<string> {
  const source = (name: string) => JSON.stringify(readFileSync(join('wasm', `${name}.wasm`)).toString('base64'))
  const bytes = (name: string) => `Uint8Array.from(atob(${source(name)}), letter => letter.charCodeAt(0))`
  const lines = [
    `import { hashRun } from './test/bench/hash-page.ts'`,
    theirs === undefined
      ? ''
      : `import { createSHA256 } from ${JSON.stringify(join(resolve(theirs), 'node_modules/hash-wasm'))}`,
    theirs === undefined ? 'const theirs = undefined' : 'const hash = await createSHA256()',
    theirs === undefined ? '' : `const theirs = bytes => hash.init().update(bytes).digest('binary')`,
    `const modules = { 'layer-hash': ${bytes('layer-hash')}, 'file-hash': ${bytes('file-hash')} }`,
    'globalThis.done = JSON.stringify(await hashRun(modules, theirs))',
  ]
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: process.cwd() },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}
