import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const TRIES = 100

export default applet({
  name: 'mktemp',
  about: 'Make a file with a name of its own, and print the name',
  operands: '[TEMPLATE]',
  most: 1,
  options: {
    directory: flag('-d', 'Make a directory'),
    quiet: flag('-q', 'Say nothing of errors'),
    inTemporary: flag('-t', 'Put TEMPLATE into the base directory'),
    base: text('-p', 'DIR', 'The base directory (implies -t)'),
    dryRun: flag('-u', 'Make nothing, only print a name'),
  },
  notes: ['TEMPLATE ends in XXXXXX. The base directory is that of -p, or $TMPDIR, or /tmp'],
  async main({ proc, options, operands: [given] }) {
    const template = given ?? 'tmp.XXXXXX'
    const isBased = options.inTemporary || options.base !== undefined || given === undefined
    const base =
      options.inTemporary && proc.env.get('TMPDIR')
        ? proc.env.get('TMPDIR')
        : (options.base ?? (proc.env.get('TMPDIR') || '/tmp'))
    const path = isBased ? `${base}/${template}` : template
    try {
      await proc.stdout.line(make(proc, path, options))
      return 0
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (options.quiet) return 1
      // busybox: mkstemp has left no name to tell of.
      throw new Failure(`(null): ${error.message}`)
    }
  },
})

function make(proc: Process, template: string, how: { readonly directory: boolean; readonly dryRun: boolean }): string {
  const marks = /X{6,}$/.exec(template)?.[0].length
  if (marks === undefined) throw new SysError('EINVAL')
  for (let attempt = 0; ; attempt++) {
    const random = Array.from(proc.kernel.host.random(marks), byte => LETTERS[byte % LETTERS.length]).join('')
    const path = template.slice(0, -marks) + random
    try {
      if (how.dryRun) return path
      if (how.directory) proc.mkdir(path, 0o700)
      else {
        const fd = proc.open(path, { write: true, create: true, exclusive: true }, 0o600)
        if (typeof fd === 'number') proc.close(fd)
      }
      return path
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EEXIST' || attempt >= TRIES) throw error
    }
  }
}
