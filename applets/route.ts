import { flag, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { resolveHost } from './network/resolve.ts'
import { showRoutes, showRoutes6 } from './network/routes.ts'

/** route, as in busybox: the table is empty, and what would change it is refused as the kernel refuses it. */
export default applet({
  name: 'route',
  about: 'Show the routing tables (there is the loopback only, so no route can be added)',
  operands: '[{add|del} TARGET ...]',
  stopAtOperand: true,
  options: {
    numeric: flag('-n', 'Numbers in place of names'),
    extended: flag('-e', 'The columns of netstat -r'),
    family: text('-A', 'inet[6]', 'The family', 'inet'),
  },
  async main({ proc, options, operands }) {
    const [verb, ...words] = operands
    if (options.family !== 'inet' && options.family !== 'inet6') throw new UsageError('')
    if (verb === undefined) {
      return options.family === 'inet6' ? showRoutes6(proc) : showRoutes(proc, options.extended ? 'netstat' : 'route')
    }
    if (verb !== 'add' && verb !== 'del' && verb !== 'delete') throw new UsageError('')
    const [target] = words.filter(word => word !== '-net' && word !== '-host')
    if (target === undefined) throw new UsageError('')
    if (proc.credentials.euid !== 0) throw new Failure('SIOCADDRT: Operation not permitted')
    if (verb !== 'add') throw new Failure('SIOCDELRT: No such process')
    const gateway = words[words.indexOf('gw') + 1]
    if (words.includes('gw') && gateway !== undefined) resolveHost(proc, gateway, 0)
    throw new Failure(words.includes('gw') ? 'SIOCADDRT: Network is unreachable' : 'SIOCADDRT: Operation not supported')
  },
})
