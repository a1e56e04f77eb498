// Builds wasm/layer-hash.wasm from wasm/assembly with AssemblyScript, which npm alone brings: the same lockfile gives the
// same bytes. `node wasm/build.mjs`.

import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { roundsSource } from './rounds.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'assembly')

export const BUILT = join(dirname(folder), 'layer-hash.wasm')

/** The module's bytes. Throws with the compiler's words when the source is wrong. */
export async function buildModule() {
  // Loaded here, for it is large and only a build needs it.
  const { default: asc } = await import('assemblyscript/asc')
  let built
  const { error, stderr } = await asc.main(
    [
      'layer-hash.ts',
      '--outFile',
      'out.wasm',
      '--runtime',
      'stub',
      '--use',
      'abort=',
      '-O3',
      '--converge',
      '--noAssert',
      '--enable',
      'bulk-memory',
    ],
    {
      readFile: async name => {
        if (name === 'rounds.ts') return roundsSource()
        try {
          return await readFile(join(folder, name), 'utf8')
        } catch (problem) {
          // The compiler tries several names for an import: what is not there is null.
          if (problem.code === 'ENOENT') return null
          throw problem
        }
      },
      writeFile: (name, contents) => {
        if (name === 'out.wasm') built = contents
      },
      listFiles: () => [],
    },
  )
  if (error || !built) throw new Error(`asc: ${error?.message ?? 'it wrote nothing'}\n${stderr.toString()}`)
  return built
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await buildModule()
  await writeFile(BUILT, bytes)
  console.log(`${BUILT}: ${bytes.length} bytes`)
}
