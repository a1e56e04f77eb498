// Our shell in this terminal: `npm start`, or `npm start -- COMMAND...` for the command line itself.

import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildNode } from './build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await buildNode()
const args = process.argv.length > 2 ? process.argv.slice(2) : ['run', '--rm', '-it', 'busybox', 'sh']
const { status } = spawnSync(process.execPath, [join(root, 'dist/cowbox.cjs'), ...args], { stdio: 'inherit' })
process.exitCode = status ?? 1
