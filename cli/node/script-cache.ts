// What V8 made of the command's scripts, kept from one start to the next: compiling them anew takes longer than most
// commands run.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Script } from 'node:vm'
import { hasCode } from './host-error.ts'

/** Builds whose work is kept, and commands that one script knows. */
const MOST_KEPT = 4
const MOST_SEEN = 64

export interface Kept {
  /** The commands that have run: what they needed is compiled. */
  readonly seen: readonly string[]
  readonly compiled?: Buffer
}

export class ScriptCache {
  readonly #folder: string

  /** `version`: V8 refuses the work of another version of itself, and a build is told from another by its size and date. */
  constructor(folder: string, version: string) {
    this.#folder = join(folder, version)
  }

  /** A line with the commands that have run, and what V8 made of the script. */
  read(name: string): Kept {
    try {
      const bytes = readFileSync(join(this.#folder, name))
      const end = bytes.indexOf(10)
      // `keep` wrote it.
      return { seen: JSON.parse(bytes.toString('utf8', 0, end)) as string[], compiled: bytes.subarray(end + 1) }
    } catch (error) {
      if (!(error instanceof SyntaxError) && !hasCode(error, 'ENOENT') && !hasCode(error, 'EACCES')) throw error
      return { seen: [] }
    }
  }

  /** What has run by now is compiled, and is what the next start of this command needs. */
  keep(name: string, script: Script, { seen, compiled }: Kept, command: string): void {
    if (!compiled || script.cachedDataRejected) this.#write(name, script, [command])
    else if (!seen.includes(command) && seen.length < MOST_SEEN) this.#write(name, script, [...seen, command])
  }

  /** A cache that cannot be kept is none: whatever is wrong with the folder, the command itself says it. */
  #write(name: string, script: Script, commands: readonly string[]): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      const path = join(this.#folder, name)
      const temporary = `${path}.tmp-${process.pid}-0`
      writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(commands)}\n`), script.createCachedData()]))
      renameSync(temporary, path)
      removeOld(dirname(this.#folder))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
}

/** Other versions of cowbox and Node may share the folder; those long gone need not stay. */
function removeOld(folder: string): void {
  const kept = readdirSync(folder).map(name => ({
    path: join(folder, name),
    time: statSync(join(folder, name)).mtimeMs,
  }))
  for (const old of kept.sort((a, b) => b.time - a.time).slice(MOST_KEPT)) rmSync(old.path, { recursive: true })
}
