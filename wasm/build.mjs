// Builds the modules in wasm/ from wasm/assembly with AssemblyScript, which npm alone brings: the same lockfile gives the
// same bytes. `node wasm/build.mjs`.

import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fourRoundsSource } from './four-rounds.mjs'
import { roundsSource } from './rounds.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'assembly')

export const MODULES = ['layer-hash', 'file-hash']

const GENERATED = new Map([
  ['rounds.ts', roundsSource],
  ['four-rounds.ts', fourRoundsSource],
])

/** Where the built module is kept. */
export function builtPath(name) {
  return join(dirname(folder), `${name}.wasm`)
}

/** The module's bytes. Throws with the compiler's words when the source is wrong. */
export async function buildModule(name) {
  // Loaded here, for it is large and only a build needs it.
  const { default: asc } = await import('assemblyscript/asc')
  let built
  const optimized = ['--runtime', 'stub', '--use', 'abort=', '-O3', '--converge', '--noAssert']
  const features = ['--enable', 'bulk-memory', '--enable', 'simd']
  const { error, stderr } = await asc.main([`${name}.ts`, '--outFile', 'out.wasm', ...optimized, ...features], {
    readFile: async path => {
      const generate = GENERATED.get(path)
      if (generate) return generate()
      try {
        return await readFile(join(folder, path), 'utf8')
      } catch (problem) {
        // The compiler tries several names for an import: what is not there is null.
        if (problem.code === 'ENOENT') return null
        throw problem
      }
    },
    writeFile: (path, contents) => {
      if (path === 'out.wasm') built = contents
    },
    listFiles: () => [],
  })
  if (error || !built) throw new Error(`asc: ${error?.message ?? 'it wrote nothing'}\n${stderr.toString()}`)
  return built
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of MODULES) {
    const bytes = await buildModule(name)
    await writeFile(builtPath(name), bytes)
    console.log(`${builtPath(name)}: ${bytes.length} bytes`)
  }
}
