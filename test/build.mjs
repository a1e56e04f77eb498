// Builds dist/: the command, the library for Node and the browser, and the static page. `npm run build`.

import { chmod, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildPage as buildWeb } from '../web/build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.wasm': 'binary' },
  define: { COWBOX_VERSION: JSON.stringify(version) },
}

/**
 * One bundle, which is compiled once and kept: what starts it is a file of its own, cowbox.js.
 * CommonJS, for that is what can be compiled ahead; what a command does not need in it is not run.
 */
export async function buildNode(outdir = join(root, 'dist')) {
  const node = { ...common, outdir, platform: 'node' }
  const main = { entryPoints: { 'cowbox-main': 'cli/node/main.ts' }, outExtension: { '.js': '.cjs' } }
  await build({ ...node, ...main, format: 'cjs' })
  const banner = { js: '#!/usr/bin/env node' }
  await build({ ...node, entryPoints: { cowbox: 'cli/node/launch.ts' }, banner })
  await build({ ...node, entryPoints: { index: 'cli/node/index.ts' } })
  await chmod(join(outdir, 'cowbox.js'), 0o755)
}

export async function buildBrowser() {
  await build({ ...common, entryPoints: { browser: 'web/index.ts' }, outdir: 'dist', platform: 'browser' })
}

export async function buildPage(outdir = join(root, 'dist/web')) {
  await buildWeb(common, outdir)
}

export async function buildAll() {
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await buildNode()
  await buildBrowser()
  await buildPage()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv[2]
  if (only === 'node') await buildNode(process.argv[3])
  else if (only === 'web') await buildPage(process.argv[3])
  else await buildAll()
}
