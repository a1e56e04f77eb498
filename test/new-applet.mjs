// `npm run new-applet NAME`: the two files that a command is, as stubs which fail their check until they are filled.

import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generated } from './generate.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [name = ''] = process.argv.slice(2)
const files = new Map([
  [`applets/${name}.ts`, appletStub(name)],
  [`test/golden/applets/${name}.t`, transcriptStub(name)],
])

if (!/^[a-z0-9][\w.-]*$/.test(name)) fail('usage: npm run new-applet NAME')
for (const path of [...files.keys(), `applets/${name}/index.ts`])
  if (existsSync(join(root, path))) fail(`${path} is there already`)
for (const [path, text] of files) writeFileSync(join(root, path), text)
for (const [path, text] of generated()) writeFileSync(join(root, path), text)
console.log(`made ${[...files.keys()].join(' and ')}; npx vitest run test/golden -t ${name} tells what is missing`)

function fail(message) {
  console.error(message)
  process.exit(1)
}

function appletStub(command) {
  return `import { applet, Failure } from './applet.ts'

/** ${command}: the standard or the program whose behaviour this is. */
export default applet({
  name: '${command}',
  about: 'What it does, in one sentence of our own',
  operands: '[FILE]...',
  options: {},
  async main({ proc, operands }) {
    throw new Failure(\`is not written yet: \${operands.length} operands in \${proc.cwd}\`)
  },
})
`
}

/** \`npm run oracle -- --record ${'NAME'}\` fills in what the real one prints. */
function transcriptStub(command) {
  return `# What ${command} is for
$ ${command}
what the real one prints
`
}
