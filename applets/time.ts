import { SysError } from '../kernel/errno.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { flag, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { execCommand } from './run-command.ts'

export default applet({
  name: 'time',
  about: 'Run a program and print how long it took',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  options: {
    portable: flag('-p', 'In the format of POSIX'),
    verbose: flag('-v', 'Everything that is known'),
    format: text(
      '-f',
      'FMT',
      'By this format: %e real, %U user, %S system, %P share, %x status, %C command; what nobody counts is 0',
    ),
    output: text('-o', 'FILE', 'Write to FILE'),
    append: flag('-a', 'With -o: append'),
  },
  async main({ proc, options, operands }) {
    const begun = proc.kernel.clock.now()
    const child = proc.fork(self => {
      try {
        execCommand(self, operands)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        void self.stderr.line(`time: can't execute '${operands[0]}': ${error.message}`)
        return error.errno === 'ENOENT' ? 127 : 126
      }
    })
    const found = await proc.wait(child.pid)
    const status = found ? exitStatus(found[1]) : 1
    const real = (proc.kernel.clock.now() - begun) / 1000
    const user = child.cpu / 1000
    const failed =
      found && 'killed' in found[1]
        ? `Command terminated by signal ${found[1].killed}\n`
        : `Command exited with non-zero status ${status}\n`
    const report = (status === 0 ? '' : failed) + describe(options, real, user, status, operands)
    if (options.output === undefined) await proc.stderr.write(report)
    else {
      const fd = await proc.open(options.output, {
        write: true,
        create: true,
        ...(options.append ? { append: true } : { truncate: true }),
      })
      proc.dup(fd, { onto: 2 })
      await proc.stderr.write(report)
    }
    await proc.stderr.flush()
    return status
  },
})

function describe(
  how: { readonly portable: boolean; readonly verbose: boolean; readonly format: string | undefined },
  real: number,
  user: number,
  status: number,
  words: readonly string[],
): string {
  if (how.format !== undefined) return formatted(how.format, real, user, status, words)
  if (how.portable) return `real ${real.toFixed(2)}\nuser ${user.toFixed(2)}\nsys 0.00\n`
  if (how.verbose)
    return `\tCommand being timed: "${words.join(' ')}"\n\tUser time (seconds): ${user.toFixed(2)}\n\tSystem time (seconds): 0.00\n\tElapsed (wall clock) time (h:mm:ss or m:ss): ${minutes(real)}\n\tExit status: ${status}\n`
  return `real\t${minutes(real)}\nuser\t${minutes(user)}\nsys\t0m 0.00s\n`
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\' }

/** What is unknown is answered with a question mark; a last % ends without a newline (busybox). */
function formatted(format: string, real: number, user: number, status: number, words: readonly string[]): string {
  const fields: Readonly<Record<string, string>> = {
    '%': '%',
    C: words.join(' '),
    D: '0',
    E: minutes(real),
    F: '0',
    I: '0',
    K: '0',
    M: '0',
    O: '0',
    P: `${real > 0 ? Math.floor((100 * user) / real) : 0}%`,
    R: '0',
    S: '0.00',
    T: `${Math.floor(user)}.${String(Math.floor((user * 100) % 100)).padStart(2, '0')}`,
    U: user.toFixed(2),
    W: '0',
    X: '0',
    Z: '4096',
    c: '0',
    e: real.toFixed(2),
    k: '0',
    p: '0',
    r: '0',
    s: '0',
    t: '0',
    w: '0',
    x: String(status),
  }
  if (/(?<!%)(?:%%)*%$/.test(format))
    return `${formatted(format.slice(0, -1), real, user, status, words).slice(0, -1)}?`
  const text = format.replace(/([%\\])(.)/gs, (_, sign: string, letter: string) =>
    sign === '%' ? (fields[letter] ?? `?${letter}`) : (ESCAPES[letter] ?? `?\\${letter}`),
  )
  // busybox: behind a last backslash the next word of the command line is read.
  return /(?<!\\)(?:\\\\)*\\$/.test(format) ? `${text.slice(0, -1)}?\\${words[0]}\n` : `${text}\n`
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`
}
