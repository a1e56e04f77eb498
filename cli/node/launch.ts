// What `cowbox` starts: the bundle beside it, compiled before. Compiling it anew takes longer than most commands.

import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'
import { hasCode } from './host-error.ts'
import { stateFolder } from './state-folder.ts'

const path = join(dirname(fileURLToPath(import.meta.url)), 'cowbox-main.cjs')
const { size, mtimeMs } = statSync(path)
/** V8 refuses the work of another version of itself; a bundle is told from another by its size and date. */
const cache = join(
  stateFolder(process.env).root,
  'cache',
  `${process.version}-${process.arch}-${size}-${Math.trunc(mtimeMs)}`,
)
const compiled = readCache()
const script = new Script(`(function (module, require) {${readFileSync(path, 'latin1')}\n})`, {
  filename: path,
  ...(compiled ? { cachedData: compiled } : {}),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
})
const main: { exports: { status?: Promise<number> } } = { exports: {} }
// The wrapper of a few lines above.
const run = script.runInThisContext() as (module: object, require: NodeJS.Require) => void
run(main, createRequire(path))
process.exitCode = (await main.exports.status) ?? 1
// What has run by now is compiled, and is what the next start needs.
if (!compiled || script.cachedDataRejected) keepCache()
process.exit()

function readCache(): Buffer | undefined {
  try {
    return readFileSync(cache)
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EACCES')) throw error
    return undefined
  }
}

/** A cache that cannot be kept is none: whatever is wrong with the folder, the command itself says it. */
function keepCache(): void {
  try {
    mkdirSync(dirname(cache), { recursive: true, mode: 0o700 })
    const temporary = `${cache}.tmp-${process.pid}-0`
    writeFileSync(temporary, script.createCachedData())
    renameSync(temporary, cache)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
