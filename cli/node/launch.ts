// What `cowbox` starts: the bundle beside it, compiled before. Compiling it anew takes longer than most commands.

import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { constants, Script } from 'node:vm'
import { hasCode } from './host-error.ts'
import { stateFolder } from './state-folder.ts'

/** Cache files, and commands that one of them knows. */
const MOST_KEPT = 4
const MOST_SEEN = 64

const path = join(__dirname, 'cowbox-main.cjs')
const { size, mtimeMs } = statSync(path)
/** V8 refuses the work of another version of itself; a bundle is told from another by its size and date. */
const cache = join(
  stateFolder(process.env).root,
  'cache',
  `${process.version}-${process.arch}-${size}-${Math.trunc(mtimeMs)}`,
)
const command = process.argv[2] ?? ''
const { seen, compiled } = readCache()
const script = new Script(`(function (module, require, __dirname) {${readFileSync(path, 'latin1')}\n})`, {
  filename: path,
  ...(compiled ? { cachedData: compiled } : {}),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
})
const main: { exports: { status?: Promise<number> } } = { exports: {} }
// The wrapper of a few lines above.
const run = script.runInThisContext() as (module: object, require: NodeJS.Require, folder: string) => void
run(main, require, __dirname)
void main.exports.status?.then(status => {
  process.exitCode = status
  // What has run by now is compiled, and is what the next start of this command needs.
  if (script.cachedDataRejected) keepCache([command])
  else if (!seen.includes(command) && seen.length < MOST_SEEN) keepCache([...seen, command])
  process.exit()
})

/** A line with the commands that have run, and what V8 made of them. */
function readCache(): { readonly seen: readonly string[]; readonly compiled?: Buffer } {
  try {
    const bytes = readFileSync(cache)
    const end = bytes.indexOf(10)
    // keepCache wrote it.
    return { seen: JSON.parse(bytes.toString('utf8', 0, end)) as string[], compiled: bytes.subarray(end + 1) }
  } catch (error) {
    if (!(error instanceof SyntaxError) && !hasCode(error, 'ENOENT') && !hasCode(error, 'EACCES')) throw error
    return { seen: [] }
  }
}

/** A cache that cannot be kept is none: whatever is wrong with the folder, the command itself says it. */
function keepCache(commands: readonly string[]): void {
  try {
    mkdirSync(dirname(cache), { recursive: true, mode: 0o700 })
    const temporary = `${cache}.tmp-${process.pid}-0`
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(commands)}\n`), script.createCachedData()]))
    renameSync(temporary, cache)
    removeOld(dirname(cache))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** Other versions of cowbox and Node may share the folder; those long gone need not stay. */
function removeOld(folder: string): void {
  const kept = readdirSync(folder).map(name => ({
    path: join(folder, name),
    time: statSync(join(folder, name)).mtimeMs,
  }))
  for (const old of kept.sort((a, b) => b.time - a.time).slice(MOST_KEPT)) unlinkSync(old.path)
}
