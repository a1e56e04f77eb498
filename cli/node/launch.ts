// What `cowbox` starts: the scripts beside it, compiled before. How the command is divided is told in
// test/bundle-command.mjs.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { constants, Script } from 'node:vm'
import { type Kept, ScriptCache } from './script-cache.ts'
import { stateFolder } from './state-folder.ts'

/** What shared parts hand out: their modules by path, each made into an object when it is asked for. */
interface Part {
  readonly modules: Readonly<Record<string, () => object>>
}

interface Main extends Part {
  /** Which part each other shared module is in. */
  readonly parts: Readonly<Record<string, string>>
  start(): Promise<number>
}

/** A script of a few kilobytes is compiled as soon as it is read. */
const WORTH_KEEPING = 8 * 1024
const MAIN = 'cowbox-main.cjs'
/** Which of its functions a shell script will need, the scripts before it do not tell: all of them are kept. */
const SHELL = 'parts/shell.cjs'
/** In the place of a command's name: what is kept serves them all. */
const EVERY_COMMAND = '*'

/**
 * How much of a function V8 runs before it optimizes it, in bytes of its code; its own choice is a fifth of that. Commands
 * live for moments: optimizing what a thousand pipelines need takes longer than running them. What still runs after a while
 * is a loop, and is worth it sooner: then it is as V8 would have it. V8 complains of flags that it does not know, so later
 * versions are left alone.
 */
const BUDGET_AT_FIRST = 350_000
const BUDGET_LATER = 67_584
const LATER_MS = 50

let budget = BUDGET_AT_FIRST
setBudget(budget)
setTimeout(() => {
  budget = BUDGET_LATER
  setBudget(budget)
}, LATER_MS).unref()

const { size, mtimeMs } = statSync(join(__dirname, MAIN))
const cache = new ScriptCache(
  join(stateFolder(process.env).root, 'cache'),
  `${process.version}-${process.arch}-${size}-${Math.trunc(mtimeMs)}`,
)
const compiled: { readonly name: string; readonly script: Script; readonly kept: Kept; readonly isWhole: boolean }[] =
  []
const loaded = new Map<string, object>()
const modules = new Map<string, object>()

const main = load(MAIN) as Main
void main.start().then(status => {
  process.exitCode = status
  // What is kept is refused where the flags are others.
  setBudget(BUDGET_AT_FIRST)
  for (const { name, script, kept, isWhole } of compiled) {
    cache.keep(name, script, kept, isWhole ? EVERY_COMMAND : (process.argv[2] ?? ''))
  }
  process.exit()
})

function setBudget(bytes: number): void {
  if (Number.parseInt(process.versions.node, 10) <= 22) setFlagsFromString(`--interrupt-budget=${bytes}`)
}

/** The exports of a script, which runs once. Whoever asks knows what they are. */
function load(path: string): object {
  const known = loaded.get(path)
  if (known) return known
  const text = readFileSync(join(__dirname, path), 'latin1')
  const name = path.replaceAll('/', '-')
  const isWorth = text.length > WORTH_KEEPING
  const kept = isWorth ? cache.read(name) : { seen: [] }
  const compile = () =>
    new Script(`(function (module, require, __dirname) {${text}\n})`, {
      filename: join(__dirname, path),
      ...(kept.compiled ? { cachedData: kept.compiled } : {}),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
  const isWhole = path === SHELL
  // What is kept was kept with that budget, and V8 refuses it where the flags are others: a part that comes late, as the
  // shell of a build does, would be compiled anew at every start.
  setBudget(BUDGET_AT_FIRST)
  const script = isWhole && !kept.compiled ? compileWhole(compile) : compile()
  setBudget(budget)
  if (isWorth) compiled.push({ name, script, kept, isWhole })
  const made: { exports: object } = { exports: {} }
  // The wrapper of a few lines above.
  const run = script.runInThisContext() as (module: object, require: (id: string) => unknown, folder: string) => void
  run(made, requirePart, __dirname)
  loaded.set(path, made.exports)
  return made.exports
}

/** V8 compiles functions when they are first called, unless it is told not to wait. */
function compileWhole(compile: () => Script): Script {
  setFlagsFromString('--no-lazy')
  try {
    return compile()
  } finally {
    setFlagsFromString('--lazy')
  }
}

/** A module of another part by its path, a part that comes late, or what Node has. */
function requirePart(id: string): unknown {
  if (id.startsWith('../')) return sharedModule(id.replace(/^(\.\.\/)+/, ''))
  if (!id.startsWith('late:')) return require(id)
  const path = id.slice('late:'.length)
  const isShared = path in main.modules || path in main.parts
  return isShared ? sharedModule(path) : load(`parts/${path.replace(/(\/index)?\.ts$/, '').replaceAll('/', '-')}.cjs`)
}

function sharedModule(path: string): object {
  const known = modules.get(path)
  if (known) return known
  const name = main.parts[path]
  // A shared part exports its modules.
  const part = name === undefined ? main : (load(`parts/${name}.cjs`) as Part)
  const make = part.modules[path]
  if (!make) throw new Error(`no part of the command has the module ${path}`)
  const made = make()
  modules.set(path, made)
  return made
}
