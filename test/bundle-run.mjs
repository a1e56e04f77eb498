// Runs a TypeScript file of test/ on any Node: bundled first, for Node 20 does not run TypeScript.

import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [entry = '', ...args] = process.argv.slice(2)
const outfile = join(root, 'build', `${entry.replace(/\W+/g, '-')}.mjs`)
mkdirSync(dirname(outfile), { recursive: true })
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  packages: 'external',
  loader: { '.wasm': 'binary' },
  define: { COWBOX_VERSION: '"0"' },
})
process.argv = [process.argv[0] ?? 'node', outfile, ...args]
await import(pathToFileURL(outfile).href)
