// What autoconf makes, run by itself and up to its test of a compiler: there is none, which it must find out.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RealProgram } from './program.ts'

/** Each folder of `configure/`, which holds a `configure` and what it needs beside it. */
export function configure(checkouts: string): RealProgram[] {
  const folder = join(checkouts, 'configure')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const runs = [
    ['to the compiler', 'sh ./configure'],
    ['--help', 'sh ./configure --help'],
    ['--version', 'sh ./configure --version'],
    ['a wrong option', 'sh ./configure --no-such=1 --prefix=relative'],
    ['quiet, its log', "sh ./configure -q CC=nope; echo $?; grep -c . config.log; grep -E '^(ac_cv|CC)' config.log"],
  ] as const
  return names.flatMap(name =>
    runs.map(([what, command]) => ({
      name: `configure ${name}: ${what}`,
      checkout: 'configure',
      // One busybox is built with `install`, another is not.
      script: `cd configure/${name} && export INSTALL="$PWD/aux/install-sh -c" && ${command} 2>&1`,
      seconds: 60,
    })),
  )
}
