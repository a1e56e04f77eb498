import { treeTar } from '../../image/diff.ts'
import { command, Refusal, requireContainer } from '../context.ts'
import { writeFile } from '../create-options.ts'
import { string } from '../flags.ts'

export default command({
  name: 'export',
  about: "Export a container's filesystem as a tar archive",
  operands: 'CONTAINER',
  least: 1,
  most: 1,
  flags: { output: string('-o --output', 'Write to a file, instead of STDOUT') },
  async main({ engine, proc, flags, operands: [name = ''] }) {
    const { root } = await (await requireContainer(engine, name)).files()
    if (flags.output === undefined && proc.terminal(1)) {
      throw new Refusal('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    }
    const tar = treeTar(root)
    if (flags.output !== undefined) writeFile(proc, flags.output, tar)
    else await proc.write(1, tar)
  },
})
