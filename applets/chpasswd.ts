import { flag, text, UsageError } from '../lib/options.ts'
import { readRecords, requireRoot } from './accounts-file.ts'
import { applet, Failure } from './applet.ts'
import { cryptMethod, hashPassword, setPassword } from './passwords.ts'

/** chpasswd, as in busybox. */
export default applet({
  name: 'chpasswd',
  about: 'Read lines of user:password from stdin, and change those passwords',
  most: 0,
  options: {
    encrypted: flag('-e --encrypted', 'They are hashed already'),
    md5: flag('-m --md5', 'Hash them by md5'),
    method: text('-c --crypt-method', 'ALG', 'How they are hashed: des, md5, sha256, sha512', 'des'),
    root: text('-R --root', 'DIR', 'Change the accounts in DIR'),
  },
  async main({ proc, options, warn }) {
    requireRoot(proc)
    if (options.encrypted && (options.md5 || options.method !== 'des')) throw new UsageError('')
    if (options.root !== undefined) proc.chroot(options.root)
    const method = options.md5 ? 'md5' : cryptMethod(options.method)
    for await (const line of proc.stdin.lines()) {
      const colon = line.indexOf(':')
      if (colon === -1) throw new Failure('missing new password')
      const user = line.slice(0, colon)
      if (!(readRecords(proc, '/etc/passwd') ?? []).some(([name]) => name === user))
        throw new Failure(`unknown user ${user}`)
      const password = line.slice(colon + 1)
      await setPassword(proc, user, options.encrypted ? password : hashPassword(proc, password, method))
      warn(`password for '${user}' changed`)
    }
    return 0
  },
})
