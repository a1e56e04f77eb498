// Passwords: asked for, hashed, and kept in /etc/shadow or /etc/passwd.

import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { type CryptMethod, crypt, cryptSetting } from '../lib/crypt.ts'
import { readRecords, today, writeRecords } from './accounts-file.ts'
import { Failure } from './applet.ts'

interface Reporter {
  readonly proc: Process
  readonly warn: (message: string) => void
}

/** As -m and -a name it; what is unknown is md5, as in busybox. */
export function cryptMethod(name: string): CryptMethod {
  if (/^d/i.test(name)) return 'des'
  if (/^sha-?256/i.test(name) || name === '5') return 'sha256'
  return /^sha/i.test(name) || name === '6' ? 'sha512' : 'md5'
}

export function hashPassword(proc: Process, password: string, method: CryptMethod): string {
  const setting = cryptSetting(method, count => proc.kernel.host.random(count))
  return crypt(password, setting) ?? ''
}

/** Asks twice on the terminal, or reads two lines of stdin. */
export async function changePassword({ proc, warn }: Reporter, user: string, method: CryptMethod): Promise<void> {
  await proc.stdout.line(`Changing password for ${user}`)
  const first = await ask(proc, 'New password: ')
  if (first === undefined) throw new Failure(`password for ${user} is unchanged`)
  if (first.length < 6) warn('Bad password: too short')
  const second = await ask(proc, 'Retype password: ')
  if (second !== first) throw new Failure(`Passwords don't match\npassword for ${user} is unchanged`)
  await setPassword(proc, user, hashPassword(proc, first, method))
  warn(`password for ${user} changed by ${proc.env.get('USER') ?? 'root'}`)
}

/** undefined: nothing was typed. */
async function ask(proc: Process, prompt: string): Promise<string | undefined> {
  await proc.stdout.write(prompt)
  await proc.stdout.flush()
  const terminal = proc.terminal(0)
  const before = terminal?.termios
  if (terminal && before) terminal.setTermios({ ...before, echo: false })
  try {
    const line = decode(await proc.readThrough(0, 10)).replace(/\n$/, '')
    return line === '' ? undefined : line
  } finally {
    if (terminal && before) terminal.setTermios(before)
    await proc.stdout.write('\n')
  }
}

/** What stands for the password of a user. Throws Failure `unknown user x`. */
export function storedPassword(proc: Process, user: string): string {
  const record = recordOf(readRecords(proc, '/etc/shadow'), user) ?? recordOf(readRecords(proc, '/etc/passwd'), user)
  if (!record) throw new Failure(`unknown user ${user}`)
  return record[1] ?? ''
}

/** In shadow where the user stands there, with today's date; else in passwd. */
export async function setPassword(proc: Process, user: string, hash: string): Promise<void> {
  const shadow = readRecords(proc, '/etc/shadow')
  const hidden = recordOf(shadow, user)
  if (shadow && hidden) {
    hidden[1] = hash
    hidden[2] = today(proc)
    return writeRecords(proc, '/etc/shadow', shadow)
  }
  const users = readRecords(proc, '/etc/passwd') ?? []
  const record = recordOf(users, user)
  if (!record) throw new Failure(`unknown user ${user}`)
  record[1] = hash
  await writeRecords(proc, '/etc/passwd', users)
}

function recordOf(records: string[][] | undefined, user: string): string[] | undefined {
  return records?.find(([name]) => name === user)
}
