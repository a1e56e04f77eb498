// ShellSpec's own suite (github.com/shellspec/shellspec), each file of specifications by itself.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RealProgram } from './program.ts'

export function shellspec(checkouts: string): RealProgram[] {
  const folder = join(checkouts, 'shellspec/spec')
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  return files
    .filter(name => name.endsWith('_spec.sh'))
    .sort()
    .map(file => ({
      name: `shellspec ${file}`,
      checkout: 'shellspec',
      script: `cd shellspec && ./shellspec --no-banner --format documentation --no-color -s sh spec/${file} 2>&1`,
      seconds: 120,
      steady,
    }))
}

function steady(output: string): string {
  return output
    .replace(/^Running: .*$/gm, 'Running: a shell')
    .replace(/^Finished in .*$/gm, 'Finished')
    .replace(/shellspec\.\d+[\w.]*/g, 'shellspec.N')
}
