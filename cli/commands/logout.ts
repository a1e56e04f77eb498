import { loginName } from '../../image/registry/credentials.ts'
import { command, Refusal } from '../context.ts'

export default command({
  name: 'logout',
  about: 'Log out from a registry',
  operands: '[SERVER]',
  most: 1,
  async main({ engine, proc, operands: [server = 'docker.io'] }) {
    const { keepLogin } = engine
    if (!keepLogin) throw new Refusal('logout: this host keeps no logins')
    await keepLogin(loginName(server), undefined)
    await proc.stdout.line(`Removing login credentials for ${loginName(server)}`)
  },
})
