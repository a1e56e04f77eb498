import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, type Invocation } from './applet.ts'

const ROOT = '/proc/sys'

const options = {
  ignore: flag('-e', 'Say nothing of keys that are not there'),
  bare: flag('-n', 'Print values without their keys'),
  quiet: flag('-q', 'Print nothing of what is set'),
  all: flag('-a -A', 'Print all that there is'),
  file: flag('-p', 'Set what FILEs (/etc/sysctl.conf) say'),
  write: flag('-w', 'Set values'),
}

/** sysctl, as in busybox. Only what /proc/sys here has can be read, and what it lets be written can be set. */
export default applet({
  name: 'sysctl',
  about: 'Print or set values of the kernel',
  operands: '[-a] | [-p [FILE]...] | [KEY[=VALUE]]...',
  options,
  async main(invocation) {
    const { options: how, operands } = invocation
    if (how.all) return (await showAll(invocation, ROOT)) ? 0 : 1
    if (!how.file) return (await takeAll(invocation, operands)) ? 0 : 1
    const names = operands.length === 0 ? ['/etc/sysctl.conf'] : operands
    const lines = names.flatMap(name => linesOf(invocation, name))
    const settings = lines.filter(line => /^\s*[^#;\s]/.test(line)).map(line => line.replace(/\s*=\s*/, '=').trim())
    return (await takeAll(invocation, settings)) ? 0 : 1
  },
})

/** busybox: a list that cannot be read is told of, and the status is 0 all the same. */
function linesOf({ proc }: Sysctl, name: string): string[] {
  try {
    return decode(proc.contentsOf(name)).split('\n')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    void proc.stderr.line(`sysctl: ${name}: ${error.message}`)
    return []
  }
}

type Sysctl = Invocation<typeof options>

async function takeAll(invocation: Sysctl, words: readonly string[]): Promise<boolean> {
  let isWell = true
  for (const word of words) if (!(await takeOne(invocation, word))) isWell = false
  return isWell
}

async function takeOne(invocation: Sysctl, word: string): Promise<boolean> {
  const { proc, options: how, warn } = invocation
  const equals = word.indexOf('=')
  const key = equals === -1 ? word : word.slice(0, equals)
  if (how.write && equals === -1) {
    warn(`error: '${word}' must be of the form name=value`)
    return false
  }
  const path = `${ROOT}/${key.includes('/') ? key : key.replaceAll('.', '/')}`
  try {
    if (equals === -1) return await show(proc, how.bare, path)
    await set(proc, path, word.slice(equals + 1))
    if (!how.quiet) await tell(proc, how.bare, path, word.slice(equals + 1))
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    const isUnknown = error.errno === 'ENOENT'
    // busybox: -e takes the message away, and not the status.
    if (isUnknown && how.ignore) return false
    if (isUnknown) warn(`error: '${key.replaceAll('.', '/')}' is an unknown key`)
    else warn(`error ${equals === -1 ? 'reading' : 'setting'} key '${key}': ${error.message}`)
    return false
  }
}

async function show(proc: Process, isBare: boolean, path: string): Promise<boolean> {
  for (const line of decode(proc.contentsOf(path)).trimEnd().split('\n')) await tell(proc, isBare, path, line)
  return true
}

function tell(proc: Process, isBare: boolean, path: string, value: string): void | Promise<void> {
  const key = path.slice(ROOT.length + 1).replaceAll('/', '.')
  return proc.stdout.line(isBare ? value : `${key} = ${value}`)
}

async function set(proc: Process, path: string, value: string): Promise<void> {
  const fd = await proc.open(path, { write: true })
  try {
    await proc.write(fd, encode(`${value}\n`))
  } finally {
    proc.close(fd)
  }
}

async function showAll(invocation: Sysctl, directory: string): Promise<boolean> {
  const { proc } = invocation
  let isWell = true
  for (const { name, kind } of proc.readDirectory(directory)) {
    const path = `${directory}/${name}`
    if (kind === 'directory') isWell = (await showAll(invocation, path)) && isWell
    else isWell = (await takeOne(invocation, path.slice(ROOT.length + 1))) && isWell
  }
  return isWell
}
