import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { statOf } from './refused.ts'

export default applet({
  name: 'pwd',
  about: 'Print the current directory',
  options: {
    logical: flag('-L', 'As $PWD has it, if that is right'),
    physical: flag('-P', 'Without symlinks (default)'),
  },
  async main({ proc, options, given }) {
    const isLogical = options.logical && given.at(-1) === 'logical'
    await proc.stdout.line((isLogical ? logicalDirectory(proc) : undefined) ?? proc.cwd)
  },
})

/** $PWD, when it is absolute, without dots, and names the current directory (POSIX XCU pwd). */
function logicalDirectory(proc: Process): string | undefined {
  const path = proc.env.get('PWD') ?? ''
  if (!path.startsWith('/') || /\/\.{1,2}(\/|$)/.test(path)) return undefined
  const [named, here] = [statOf(proc, path), statOf(proc, '.')]
  return named && here && named.dev === here.dev && named.ino === here.ino ? path : undefined
}
