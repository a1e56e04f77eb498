// Whether wasm/layer-hash.wasm is what its source gives: builds it again and compares. `node wasm/check.mjs`.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { BUILT, buildModule } from './build.mjs'

/** Problems, a line each; none: it is. */
export async function checkModule() {
  const [built, kept] = await Promise.all([buildModule(), readFile(BUILT)])
  return Buffer.compare(built, kept) === 0
    ? []
    : ['wasm/layer-hash.wasm is not what its source gives: node wasm/build.mjs']
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await checkModule()
  for (const problem of problems) console.log(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
