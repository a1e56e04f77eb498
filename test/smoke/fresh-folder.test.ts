// The README's three lines, in a fresh folder, with the package as npm packs it. What it depends on is linked.

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'cowbox-fresh-'))

beforeAll(() => {
  if (!existsSync(join(root, 'dist/vitest.js'))) throw new Error('dist/ is not built: npm run build')
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'cowbox'), { recursive: true })
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const name = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim()
  execFileSync('tar', ['xzf', join(folder, name), '-C', join(modules, 'cowbox'), '--strip-components', '1'])
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'cowbox/package.json'), 'utf8'))
  for (const dependency of [...Object.keys(dependencies), 'vitest']) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true })
    symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency))
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function vitest() {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder]
  const ran = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status: ran.status, text: ran.stdout + ran.stderr }
}

test('the test file of the README passes, and fails when it should', () => {
  const [, file = ''] = /```js\n\/\/ hello\.test\.js\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  expect(file).toContain("from 'cowbox/vitest'")
  writeFileSync(join(folder, 'hello.test.js'), file)
  const good = vitest()
  expect(good.status, good.text).toBe(0)
  writeFileSync(join(folder, 'hello.test.js'), file.replace('exit 3', 'exit 4'))
  const bad = vitest()
  expect(bad.status).toBe(1)
  expect(bad.text).toContain('expected exit status 3, and got 4')
})

test('node:test needs no vitest', () => {
  writeFileSync(
    join(folder, 'plain.mjs'),
    `import { test } from 'node:test'
import { assertBox, Engine, virtualClock } from 'cowbox'
test('plain', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sh', '-c', 'sleep 60; echo hi > /f'], clock: virtualClock() })
  await assertBox.hasExited(box, 0)
  assertBox.hasFile(box, '/f', 'hi\\n')
})
`,
  )
  const ran = spawnSync(process.execPath, ['--test', 'plain.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(ran.status, ran.stdout + ran.stderr).toBe(0)
})

test('CommonJS has it by require, as jest loads it', () => {
  mkdirSync(join(folder, 'context'), { recursive: true })
  writeFileSync(join(folder, 'context/Dockerfile'), 'FROM busybox\nRUN echo built > /f\nCMD cat /f\n')
  writeFileSync(
    join(folder, 'plain.cjs'),
    `const { test } = require('node:test')
const { deepStrictEqual } = require('node:assert')
const { assertBox, Engine, matchers, virtualClock } = require('cowbox')
test('plain', async () => {
  const engine = await Engine.open()
  const image = await engine.build({ context: __dirname + '/context' })
  const box = await engine.run(image, { clock: virtualClock(), tty: true })
  await assertBox.hasExited(box, 0)
  deepStrictEqual(await box.screen.lines(), ['built'])
  deepStrictEqual(typeof matchers.toHaveExited, 'function')
})
`,
  )
  const ran = spawnSync(process.execPath, ['--test', 'plain.cjs'], { cwd: folder, encoding: 'utf8' })
  expect(ran.status, ran.stdout + ran.stderr).toBe(0)
  // jest's sandbox has no import().
  const script = readFileSync(join(folder, 'node_modules/cowbox/dist/index.cjs'), 'utf8')
  expect(script.match(/.{20}\bimport\(["'`].{20}/g)).toBeNull()
})

test('the declarations and the schema are there', () => {
  writeFileSync(
    join(folder, 'types.ts'),
    `import { type Box, Engine } from 'cowbox'
export async function start(): Promise<Box> {
  const engine = await Engine.open()
  // @ts-expect-error: no such option
  await engine.run('busybox', { nope: 1 })
  return engine.run('busybox', { cmd: ['true'] })
}
`,
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', 'types.ts']
  const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect(ran.stdout + ran.stderr).toBe('')
  const schema = JSON.parse(readFileSync(join(folder, 'node_modules/cowbox/dist/test.schema.json'), 'utf8'))
  expect(schema.properties.schemaVersion).toBeDefined()
})
