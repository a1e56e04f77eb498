// shUnit2's own tests (github.com/kward/shunit2), each file by itself.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RealProgram } from './program.ts'

export function shunit2(checkouts: string): RealProgram[] {
  const folder = join(checkouts, 'shunit2')
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('_test.sh')) : []
  return files.sort().map(file => ({
    name: `shunit2 ${file}`,
    checkout: 'shunit2',
    script: `cd shunit2 && sh ./${file} 2>&1`,
    seconds: 240,
    // A test that measures times prints them.
    steady: output => output.replace(/time="[\d.]*"/g, 'time="N"'),
  }))
}
