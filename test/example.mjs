// The main job: builds the example image and runs it, counting once a second until ^C. `npm run example`.

import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildNode } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await buildNode()
console.log('The same in a browser tab: npm run web, then open the address it prints.\n')
const command = join(root, 'dist/cowbox.cjs')
const context = join(root, 'examples/scbusybox')
const built = run('build', '-t', 'scbusybox:1.2', context)
process.exitCode = built || run('run', '--rm', '--init', ...(process.stdin.isTTY ? ['-it'] : []), 'scbusybox:1.2')

function run(...args) {
  console.log(`$ cowbox ${args.join(' ').replace(context, 'examples/scbusybox')}`)
  // ^C is for the box: it ends the count, and this script goes on to report its status.
  process.once('SIGINT', () => {})
  const { status, signal } = spawnSync(process.execPath, [command, ...args], { stdio: 'inherit' })
  return status ?? (signal === 'SIGINT' ? 130 : 1)
}
