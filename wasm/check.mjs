// Whether the modules in wasm/ are what their source gives: builds them again and compares. `node wasm/check.mjs`.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildModule, builtPath, MODULES } from './build.mjs'

/** Problems, a line each; none: they are. */
export async function checkModules() {
  const problems = []
  for (const name of MODULES) {
    const [built, kept] = await Promise.all([buildModule(name), readFile(builtPath(name))])
    if (Buffer.compare(built, kept) !== 0) {
      problems.push(`wasm/${name}.wasm is not what its source gives: node wasm/build.mjs`)
    }
  }
  return problems
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await checkModules()
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
