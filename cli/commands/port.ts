import { hostAddresses, portKey, showHostAddress } from '../../engine/published-port.ts'
import { command, Refusal, requireContainer } from '../context.ts'

export default command({
  name: 'port',
  aliases: ['container port'],
  about: 'List port mappings or a specific mapping for the container',
  operands: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
  least: 1,
  most: 2,
  async main({ engine, proc, operands: [name = '', wanted] }) {
    const { ports } = await requireContainer(engine, name)
    const key = wanted === undefined || wanted.includes('/') ? wanted : `${wanted}/tcp`
    const found = ports.filter(port => key === undefined || portKey(port) === key)
    if (key !== undefined && found.length === 0) throw new Refusal(`No public port '${key}' published for ${name}`)
    for (const port of found) {
      for (const address of hostAddresses(port)) {
        const shown = showHostAddress(address)
        await proc.stdout.line(key === undefined ? `${portKey(port)} -> ${shown}` : shown)
      }
    }
  },
})
