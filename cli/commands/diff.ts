import { changes } from '../../image/diff.ts'
import { command, requireContainer } from '../context.ts'

export default command({
  name: 'diff',
  about: "Inspect changes to files or directories on a container's filesystem",
  operands: 'CONTAINER',
  least: 1,
  most: 1,
  async main({ engine, proc, operands: [name = ''] }) {
    const { root, base } = await (await requireContainer(engine, name)).files()
    for (const { kind, path } of changes(base, root)) await proc.stdout.line(`${kind} ${path}`)
  },
})
