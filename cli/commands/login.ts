import { loginName } from '../../image/registry/credentials.ts'
import { decode } from '../../lib/bytes.ts'
import { command, Refusal } from '../context.ts'
import { boolean, string } from '../flags.ts'

export default command({
  name: 'login',
  about: 'Authenticate to a registry',
  operands: '[SERVER]',
  most: 1,
  flags: {
    password: string('-p --password', 'Password or Personal Access Token (PAT)'),
    passwordStdin: boolean('--password-stdin', 'Take the Password or Personal Access Token (PAT) from stdin'),
    username: string('-u --username', 'Username'),
  },
  async main({ engine, proc, flags, operands: [server = 'docker.io'] }) {
    const { keepLogin } = engine
    if (!keepLogin) throw new Refusal('login: this host has nowhere to keep it')
    const domain = server
      .replace(/^https?:\/\//, '')
      .replace(/\/.*$/, '')
      .replace(/^index\.docker\.io$/, 'docker.io')
    if (flags.username === undefined) throw new Refusal('Must provide --username with --password or --password-stdin')
    if (flags.passwordStdin === (flags.password !== undefined)) {
      throw new Refusal('give the password with --password-stdin or --password')
    }
    const password = flags.password ?? decode(await proc.stdin.all()).replace(/\r?\n$/, '')
    const login = { username: flags.username, password }
    await (await engine.registry()).check(domain, login)
    const place = await keepLogin(loginName(domain), login)
    if (flags.password !== undefined) {
      await proc.stderr.line('WARNING! Using --password via the CLI is insecure. Use --password-stdin.')
    }
    await proc.stderr.line(`Your credentials are kept in ${place}.`)
    await proc.stdout.line('Login Succeeded')
  },
})
