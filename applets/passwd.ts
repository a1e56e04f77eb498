import { flag, text } from '../lib/options.ts'
import { readRecords } from './accounts-file.ts'
import { applet, Failure } from './applet.ts'
import { changePassword, cryptMethod, setPassword, storedPassword } from './passwords.ts'

/** passwd, as in busybox. */
export default applet({
  name: 'passwd',
  about: "Change a user's password (by default one's own)",
  operands: '[USER]',
  most: 1,
  options: {
    method: text('-a', 'ALG', 'How it is hashed: des, md5, sha256, sha512', 'des'),
    remove: flag('-d', 'Make it empty'),
    lock: flag('-l', 'Lock the account'),
    unlock: flag('-u', 'Unlock it'),
  },
  async main(invocation) {
    const { proc, options, operands, warn } = invocation
    const users = readRecords(proc, '/etc/passwd') ?? []
    const own = users.find(fields => Number(fields[2]) === proc.credentials.uid)?.[0] ?? ''
    const user = operands[0] ?? own
    const record = users.find(([name]) => name === user)
    if (!record) throw new Failure(`unknown user ${user}`)
    const isRoot = proc.credentials.uid === 0
    if (!isRoot && (user !== own || options.lock || options.unlock || options.remove))
      throw new Failure(`you can't change the password for ${user}`)
    if (!options.lock && !options.unlock && !options.remove)
      return changePassword(invocation, user, cryptMethod(options.method)).then(() => 0)
    const stored = storedPassword(proc, user)
    const isLocked = stored.startsWith('!')
    if (options.lock && isLocked) throw new Failure(`password for ${user} is already locked`)
    if (options.unlock && !isLocked) throw new Failure(`password for ${user} is already unlocked`)
    await setPassword(proc, user, options.remove ? '' : options.lock ? `!${stored}` : stored.slice(1))
    warn(`password for ${user} changed by ${own}`)
    return 0
  },
})
