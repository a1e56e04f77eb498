// Builds the static page. Every file but index.html is named by its contents, so that a browser keeps it for ever.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const web = dirname(fileURLToPath(import.meta.url))

/**
 * `common`: esbuild's options, as for every bundle; `baked`: of test/bake.ts. Page and workers share no files: each loads
 * what it needs at once, and the worker starts while the page still loads its terminals.
 */
export async function buildPage(common, outdir, baked) {
  await rm(outdir, { recursive: true, force: true })
  await mkdir(outdir, { recursive: true })
  const how = {
    ...common,
    outdir,
    platform: 'browser',
    splitting: true,
    metafile: true,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunks/[name]-[hash]',
  }
  const hashing = await bundle(how, 'web/hash-worker.ts')
  const ofWorker = { ...named(how, { HASH_WORKER: hashing.entry }), plugins: [unused, lateParts(baked)] }
  const worker = await bundle(ofWorker, 'web/worker.ts')
  const page = await bundle(named(how, { WORKER: worker.entry }), 'web/page.ts')
  const style = await bundle(how, 'web/page.css')
  const terminals = page.outputs.find(({ from }) => from === 'web/tabs.ts')
  const early = [...page.needed(page.entry), ...(terminals ? page.needed(terminals.file) : [])]
  const template = await readFile(join(web, 'index.html'), 'utf8')
  const html = template
    .replace('href="page.css"', `href="${style.entry}"`)
    .replace('src="page.js"', `src="${page.entry}"`)
    .replace('<link rel="modulepreload" href="page.js">', [...new Set(early)].map(preload).join('\n    '))
  await writeFile(join(outdir, 'index.html'), html)
}

/** These packages the worker would load late, if it did; `bundle` sees to it that nothing of them is left. */
const UNUSED = ['fflate', '@wasmer/wasi']
const unused = {
  name: 'unused',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' && UNUSED.includes(path) ? { path, external: true } : undefined,
    )
  },
}

/** Half of the worker is commands, which take as long to compile as all else: what stands in for them only knows their names. */
const lateParts = ({ applets }) => ({
  name: 'late-parts',
  setup(build) {
    const standIns = {
      'applets/index.ts': `import { lateApplet } from './late.ts'
        const known = ${JSON.stringify(applets.map(({ words }) => [words.name, words.aliases]))}
        export const applets = known.map(([name, aliases], at) => lateApplet(name, aliases, at))`,
      'shell/bash.ts': `import { lateProgram } from './late.ts'
        export const bash = lateProgram('bash', parts => parts.bash)`,
    }
    const late = join(web, 'late-parts.ts')
    build.onResolve({ filter: /(applets|shell)\/(index|bash)\.ts$/ }, ({ path, resolveDir, importer }) => {
      const whole = relative(dirname(web), join(resolveDir, path))
      const isAsked = whole === 'shell/bash.ts' ? importer.endsWith('cli/programs.ts') : importer !== late
      return isAsked && whole in standIns ? { path: whole, namespace: 'stand-in' } : undefined
    })
    build.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path], resolveDir: web }))
  },
})

async function bundle(how, entryPoint) {
  const { metafile } = await build({ ...how, entryPoints: [entryPoint] })
  for (const [path, { imports }] of Object.entries(metafile.outputs)) {
    const missing = imports.find(({ external }) => external)
    if (missing) throw new Error(`${path} imports ${missing.path}, which the page does not have`)
  }
  const file = path => relative(how.outdir, join(how.absWorkingDir, path))
  const outputs = Object.entries(metafile.outputs).map(([path, { entryPoint: from, imports }]) => ({
    file: file(path),
    from,
    imports: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => file(path)),
  }))
  const entry = outputs.find(({ from }) => from === entryPoint)
  if (!entry) throw new Error(`${basename(entryPoint)} was not built`)
  const needed = name => [name, ...(outputs.find(output => output.file === name)?.imports ?? []).flatMap(needed)]
  return { entry: entry.file, outputs, needed }
}

function named(how, files) {
  const names = Object.entries(files).map(([name, file]) => [`COWBOX_${name}`, JSON.stringify(file)])
  return { ...how, define: { ...how.define, ...Object.fromEntries(names) } }
}

function preload(file) {
  return `<link rel="modulepreload" href="${file}">`
}
