import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'hostname',
  about: 'Print or set the name of the host',
  operands: '[HOSTNAME]',
  most: 1,
  options: {
    addresses: flag('-i', 'Addresses of the name'),
    domain: flag('-d', 'The domain'),
    full: flag('-f', 'The name with its domain'),
    short: flag('-s', 'The name without its domain'),
    file: text('-F', 'FILE', 'Set it from a file'),
  },
  async main({ proc, options, operands: [name] }) {
    const wanted = options.file === undefined ? name : nameIn(proc, options.file)
    if (wanted !== undefined) {
      if (proc.credentials.euid !== 0) throw new Failure('sethostname: Operation not permitted')
      proc.kernel.hostname = wanted
      return
    }
    const { hostname } = proc.kernel
    const dot = hostname.indexOf('.')
    if (options.addresses) return void (await proc.stdout.line('127.0.1.1'))
    if (options.domain) return void (await proc.stdout.line(dot === -1 ? '' : hostname.slice(dot + 1)))
    await proc.stdout.line(options.short && dot !== -1 ? hostname.slice(0, dot) : hostname)
  },
})

/** The first line that is no comment. */
function nameIn(proc: Process, path: string): string | undefined {
  try {
    return decode(proc.contentsOf(path))
      .split('\n')
      .find(line => line !== '' && !line.startsWith('#'))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${path}': ${error.message}`)
  }
}
