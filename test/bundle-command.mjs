// The command in parts: what every start needs in one script, and each program (every applet, the shell) and each command
// of the command line in one of its own, which is read when it runs first. What several programs share, but no start
// needs, is the part `programs`; what several commands share and no program, `commands`; ash, with what only bash shares
// with it, `shell`.
//
// A part asks for a module of another part by its path (`require("../../lib/bytes.ts")`) and for a late part by
// `require("late:applets/ls.ts")`; cli/node/launch.ts answers.

import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { build } from 'esbuild'

const MAIN = 'cli/node/main.ts'
/** What most starts are for. */
const USUAL = 'cli/commands/run.ts'
const SHELL = 'shell/sh.ts'
const BASH = 'shell/bash.ts'
const APPLETS = 'applets/index.ts'
const COMMANDS = 'cli/commands/index.ts'
/** The name of an entry that is not a file: what it asks for, it hands out. */
const REGISTRY = '<registry>'

/** The text of each script by its path below dist. `how`: what all bundles have in common; `baked`: of test/bake.ts. */
export async function bundleCommand(root, how, baked) {
  const programs = [...(await listed(root, APPLETS)), SHELL, BASH]
  const commands = await listed(root, COMMANDS)
  const late = lateParts(
    new Map([
      [join(root, APPLETS), lateList('applets', programs, baked.applets)],
      [join(root, COMMANDS), lateList('commands', commands, baked.commands)],
      [join(root, SHELL), lateShell(SHELL, baked.shell)],
      [join(root, BASH), lateShell(BASH, baked.bash)],
    ]),
  )
  const quiet = {
    ...how,
    absWorkingDir: root,
    format: 'cjs',
    platform: 'node',
    outdir: join(root, 'dist'),
    write: false,
    plugins: [...how.plugins, late],
  }
  const { partOf, asked } = await divide(quiet, programs, commands)
  const names = await exportedNames(quiet, asked)
  const inPart = part => [...partOf.keys()].filter(path => partOf.get(path) === part)
  const apartFrom = part => [...partOf.keys()].filter(path => partOf.get(path) !== part).map(path => `./${path}`)
  const where = [...asked].filter(path => partOf.get(path) !== 'main').map(path => [path, partOf.get(path)])
  const start = `export { start } from './${MAIN}'\nexport const parts = ${JSON.stringify(Object.fromEntries(where))}\n`
  const shared = async (part, more = '') => {
    const entry = registry(
      root,
      names,
      inPart(part).filter(path => asked.has(path)),
      more,
    )
    const [file] = await emit({ ...quiet, external: apartFrom(part) }, entry)
    return file.text
  }
  const own = { entryPoints: entries([...programs, ...commands].filter(path => !partOf.has(path))) }
  const rest = await emit({ ...quiet, external: apartFrom() }, own)
  return new Map([
    ['cowbox-main.cjs', await shared('main', start)],
    ['parts/programs.cjs', await shared('programs')],
    ['parts/commands.cjs', await shared('commands')],
    ['parts/shell.cjs', await shared('shell')],
    ...rest.map(({ path, text }) => [`parts/${basename(path).replace(/js$/, 'cjs')}`, text]),
  ])
}

/** The files of an index, in the order of the list that it exports: what is known of each comes in that order. */
async function listed(root, index) {
  const text = await readFile(join(root, index), 'utf8')
  const imports = [...text.matchAll(/^import (\w+) from '\.\/(.+\.ts)'$/gm)]
  const files = new Map(imports.map(([, name, path]) => [name, `${dirname(index)}/${path}`]))
  const [, list = ''] = /= \[\n([^\]]*)\]/.exec(text) ?? []
  return [...list.matchAll(/\w+/g)].map(([name]) => {
    const path = files.get(name)
    if (!path) throw new Error(`${index} lists ${name}, but does not import it by \`import ${name} from './...'\``)
    return path
  })
}

function entries(paths) {
  return Object.fromEntries(paths.map(path => [`parts/${partName(path)}`, path]))
}

/** `applets/vi/index.ts` is `applets-vi`: what the launcher makes of a path too. */
function partName(path) {
  return path.replace(/(\/index)?\.ts$/, '').replaceAll('/', '-')
}

/** In the place of some modules, stand-ins that know what is asked before anything runs, and load the rest then. */
function lateParts(contents) {
  return {
    name: 'late-parts',
    setup(building) {
      building.onResolve({ filter: /^late:/ }, ({ path }) => ({ path, external: true }))
      building.onResolve({ filter: /(^|\/)(index|sh|bash)\.ts$/ }, ({ path, resolveDir, kind, importer }) => {
        const whole = join(resolveDir, path)
        const isReal = kind === 'entry-point' || importer.endsWith(REGISTRY)
        return !isReal && contents.has(whole) ? { path: whole, namespace: 'stand-in' } : undefined
      })
      building.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({ contents: contents.get(path) }))
    },
  }
}

/** `known`: of each, the properties that are plain words, and the names of all. */
function lateList(name, paths, known) {
  const one = ({ words, keys }, index) => {
    const rest = keys.filter(key => !(key in words))
    const getters = rest.map(key => `get ${key}() { return require("late:${paths[index]}").default.${key} }`)
    return `{ ...${JSON.stringify(words)}, ${getters.join(', ')} }`
  }
  return `export const ${name} = [${known.map(one).join(',\n')}]`
}

/** `known`: the programs and the functions that it exports. */
function lateShell(path, { programs, functions }) {
  const real = `require("late:${path}")`
  return [
    ...programs.map(name => `export const ${name} = { name: "${name}", get main() { return ${real}.${name}.main } }`),
    ...functions.map(name => `export const ${name} = (...how) => ${real}.${name}(...how)`),
  ].join('\n')
}

/** The part of each module that more than one thing needs; `asked`: those that another part asks for. */
async function divide(how, programs, commands) {
  const quick = { ...how, metafile: true, minify: false, logLevel: 'silent' }
  const start = await build({ ...quick, entryPoints: [MAIN, USUAL] })
  const partOf = new Map(
    Object.keys(start.metafile.inputs)
      .filter(isOurs)
      .map(path => [path, 'main']),
  )
  const { metafile } = await build({ ...quick, entryPoints: entries([...programs, ...commands]) })
  const [ofPrograms, ofCommands] = [programs, commands].map(paths => countUsers(metafile.inputs, paths, partOf))
  for (const path of Object.keys(metafile.inputs)) {
    const [some, several] = [ofPrograms.get(path) ?? 0, ofCommands.get(path) ?? 0]
    if (some + several > 1) partOf.set(path, some > 0 ? 'programs' : 'commands')
  }
  // What only the shells share is one part with ash, which then is read as a whole.
  const [ofShell, ofBash] = [SHELL, BASH].map(path => reachable(metafile.inputs, path, new Map()))
  for (const [path, part] of partOf) {
    if (part === 'programs' && ofPrograms.get(path) === 2 && ofShell.has(path) && ofBash.has(path))
      partOf.set(path, 'shell')
  }
  partOf.set(SHELL, 'shell')
  // Whoever is late is asked for by a stand-in.
  const late = [...programs, ...commands].filter(path => partOf.has(path))
  return { partOf, asked: new Set([...askedFor(metafile.inputs, partOf), ...late]) }
}

/** How many of these need a module that the start does not; one that another one needs counts twice. */
function countUsers(inputs, paths, known) {
  const users = new Map()
  for (const from of paths) {
    for (const path of reachable(inputs, from, known)) {
      users.set(path, (users.get(path) ?? 0) + (path !== from && paths.includes(path) ? 2 : 1))
    }
  }
  return users
}

/** Sources of ours; packages and Node's own modules are in every part that uses them. */
function isOurs(path) {
  return path.endsWith('.ts') && !path.startsWith('node_modules') && !path.includes(':')
}

function reachable(inputs, program, known) {
  const found = new Set([program])
  for (const path of found) {
    for (const { path: next } of inputs[path].imports)
      if (isOurs(next) && inputs[next] && !known.has(next)) found.add(next)
  }
  return found
}

function askedFor(inputs, partOf) {
  const asked = new Set()
  for (const [from, { imports }] of Object.entries(inputs)) {
    for (const { path } of imports) if (partOf.has(path) && partOf.get(path) !== partOf.get(from)) asked.add(path)
  }
  return asked
}

async function exportedNames(how, paths) {
  const { metafile } = await build({
    ...how,
    entryPoints: [...paths],
    bundle: false,
    format: 'esm',
    metafile: true,
    plugins: [],
    alias: {},
  })
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]))
}

/** An entry that hands out modules by their paths, each made into an object when it is asked for. */
function registry(root, names, modules, more) {
  const named = modules.map((path, at) => names.get(path).map((name, index) => ({ name, as: `m${at}_${index}` })))
  const imports = modules.map(
    (path, at) => `import { ${named[at].map(({ name, as }) => `${name} as ${as}`).join(', ')} } from './${path}'\n`,
  )
  const table = modules.map(
    (path, at) =>
      `${JSON.stringify(path)}: () => ({ __esModule: true, ${named[at].map(({ name, as }) => `${name}: ${as}`).join(', ')} })`,
  )
  const contents = `${more}${imports.join('')}export const modules = { ${table.join(',\n')} }\n`
  return { stdin: { contents, resolveDir: root, sourcefile: REGISTRY, loader: 'ts' } }
}

/**
 * esbuild takes what an ECMAScript module requires for one of Node's CommonJS modules, whose default export is all of it.
 * What other parts hand out says itself what its default is: the 1 that says otherwise is taken away.
 */
async function emit(how, entry) {
  const { outputFiles } = await build({ ...how, ...entry })
  const interop = /(\(require\("(?:\.\.?\/)+[\w/-]+\.ts"\)), ?1\)/g
  return outputFiles.map(({ path, text }) => ({ path, text: text.replace(interop, '$1)') }))
}
