// Builds dist/: the command, the library for Node and the browser, and the static page. `npm run build`.

import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildPage as buildWeb } from '../web/build.mjs'
import { bundleCommand } from './bundle-command.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const baked = await bake()

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
  // The same code, without the workers that its build for Node gets ready at load.
  alias: { fflate: 'fflate/browser' },
  define: { COWBOX_VERSION: JSON.stringify(version), COWBOX_BASE: JSON.stringify(baked.base) },
}

/** What test/bake.ts computes, so that no start computes it. */
export async function bake() {
  const how = { absWorkingDir: root, bundle: true, format: 'esm', platform: 'node', packages: 'external', write: false }
  const { outputFiles } = await build({ ...how, entryPoints: ['test/bake.ts'], logLevel: 'warning' })
  const folder = join(root, 'build')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `bake-${process.pid}-${performance.now()}.mjs`)
  await writeFile(path, outputFiles[0].contents)
  try {
    return await import(pathToFileURL(path).href)
  } finally {
    await rm(path)
  }
}

/**
 * Scripts that are compiled once and kept: what starts them is a file of its own, cowbox.cjs. CommonJS, for that is what
 * can be compiled ahead, and what Node loads soonest.
 */
export async function buildNode(outdir = join(root, 'dist')) {
  const node = { ...common, outdir, platform: 'node' }
  const command = { ...node, format: 'cjs', outExtension: { '.js': '.cjs' } }
  const scripts = await bundleCommand(root, { ...common, plugins: [lateBuiltins] }, baked.late)
  await rm(join(outdir, 'parts'), { recursive: true, force: true })
  await mkdir(join(outdir, 'parts'), { recursive: true })
  for (const [path, text] of scripts) await writeFile(join(outdir, path), text)
  await build({ ...command, entryPoints: { cowbox: 'cli/node/launch.ts' }, banner: { js: '#!/usr/bin/env node' } })
  await build({ ...command, entryPoints: { 'hash-worker': 'cli/node/hash-worker.ts' } })
  await build({
    ...node,
    entryPoints: { index: 'cli/node/index.ts', vitest: 'cli/node/vitest.ts' },
    external: ['vitest', '@xterm/xterm', 'yaml'],
    splitting: true,
    chunkNames: 'chunk-[hash]',
  })
  // The library once more for whoever loads it by `require`: jest does.
  await build({
    ...command,
    entryPoints: { index: 'cli/node/index.ts' },
    external: ['@xterm/xterm', 'yaml'],
    // jest's sandbox knows only `require`, of what is loaded late too.
    supported: { 'dynamic-import': false },
    define: { ...common.define, 'import.meta.url': 'fileUrl' },
    banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href" },
  })
  await chmod(join(outdir, 'cowbox.cjs'), 0o755)
}

/** What Node itself has loaded by the time a program starts. */
const LOADED = ['node:fs', 'node:path', 'node:url', 'node:module']

/** Node's own modules are loaded when something of theirs is used first: most commands need few, and streams, sockets and
 * crypto take longer to load than a short command runs. */
const lateBuiltins = {
  name: 'late-builtins',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' && !LOADED.includes(path)
        ? { path, namespace: 'late-builtin', sideEffects: false }
        : { path, external: true },
    )
    build.onLoad({ filter: /.*/, namespace: 'late-builtin' }, ({ path }) => ({ contents: lateBuiltin(path) }))
  },
}

function lateBuiltin(path) {
  const load = `require(${JSON.stringify(path)})`
  const names = Object.keys(createRequire(import.meta.url)(path))
  return `module.exports = { ${names.map(name => `get ${name}() { return ${load}.${name} }`).join(', ')} }`
}

export async function buildBrowser() {
  await build({ ...common, entryPoints: { browser: 'web/index.ts' }, outdir: 'dist', platform: 'browser' })
}

export async function buildPage(outdir = join(root, 'dist/web')) {
  await buildWeb(common, outdir, baked.late)
}

/** What editors read: the declarations of every room, and the schema of test files. */
export async function buildTypes(outdir = join(root, 'dist')) {
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'cli'], {
    cwd: root,
    stdio: 'inherit',
  })
  for (const name of await readdir(join(root, 'build/types'), { recursive: true })) {
    if (!name.endsWith('.d.ts') || name.startsWith('test/') || name.startsWith('web/')) continue
    const text = await readFile(join(root, 'build/types', name), 'utf8')
    const path = join(outdir, 'types', name)
    await mkdir(dirname(path), { recursive: true })
    // A declaration's neighbours are declarations: for whoever reads them the extension is that of what is run.
    await writeFile(path, text.replace(/(from '|import\('|import ')(\.[^']*)\.ts'/g, "$1$2.js'"))
  }
  const { stdout } = spawnSync(process.execPath, [join(outdir, 'cowbox.cjs'), 'test', '--print-schema'], {
    encoding: 'utf8',
  })
  await writeFile(join(outdir, 'test.schema.json'), stdout)
}

export async function buildAll() {
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await buildNode()
  await buildTypes()
  await buildBrowser()
  await buildPage()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const only = process.argv[2]
  if (only === 'node') await buildNode(process.argv[3])
  else if (only === 'web') await buildPage(process.argv[3])
  else await buildAll()
}
