// `npm run check`: types per room, lint, imports, and that nothing generated is stale.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
let problems = 0

command('types', [join(root, 'node_modules/typescript/bin/tsc'), '-b'])
command('lint', [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'])

const checks = await load('test/check/checks.ts')
for (const [name, run] of Object.entries(checks.all)) report(name, await run(root))

console.log(problems === 0 ? 'check: all is well' : `check: ${problems} problems`)
process.exitCode = problems === 0 ? 0 : 1

function command(name, args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) report(name, [`${name} failed`])
}

function report(name, found) {
  for (const problem of found) console.log(`${name}: ${problem}`)
  problems += found.length
}

/** The checks are TypeScript, which Node 20 does not run as it stands. */
async function load(entry) {
  const outfile = join(root, 'build/checks.mjs')
  mkdirSync(dirname(outfile), { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    loader: { '.wasm': 'binary' },
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    if (existsSync(outfile)) rmSync(outfile)
  }
}
