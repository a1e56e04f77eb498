import { decode } from '../lib/bytes.ts'
import { crypt, cryptSetting } from '../lib/crypt.ts'
import { number, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { cryptMethod } from './passwords.ts'

/** cryptpw and mkpasswd, as in busybox. */
export default applet({
  name: 'cryptpw',
  aliases: ['mkpasswd'],
  about: 'Print PASSWORD (by default a line of stdin) hashed by crypt(3)',
  operands: '[PASSWORD] [SALT]',
  most: 2,
  options: {
    fd: number('-P --password-fd', 'N', 'Read the password from fd N'),
    method: text('-m --method', 'TYPE', 'des, md5, sha256 or sha512', 'des'),
    salt: text('-S --salt', 'SALT', 'The salt, otherwise random'),
  },
  async main({ proc, options, operands }) {
    const [given, second] = operands
    const salt = options.salt ?? second
    if (options.fd !== undefined) proc.dup(options.fd, { onto: 0 })
    const isGiven = given !== undefined && options.fd === undefined
    const password = isGiven ? given : decode(await proc.readThrough(0, 10)).replace(/\n$/, '')
    // busybox: a salt may name its own method, and then -m says nothing.
    const setting = salt?.startsWith('$')
      ? salt
      : cryptSetting(cryptMethod(options.method), salt ?? (count => proc.kernel.host.random(count)))
    const hash = crypt(password, setting)
    if (hash === undefined) throw new Failure('bad salt')
    await proc.stdout.line(hash)
  },
})
