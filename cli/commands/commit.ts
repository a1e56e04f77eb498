import { commit } from '../../engine/commit.ts'
import { command, requireContainer } from '../context.ts'
import { boolean, list, string } from '../flags.ts'

export default command({
  name: 'commit',
  about: "Create a new image from a container's changes",
  operands: 'CONTAINER [REPOSITORY[:TAG]]',
  least: 1,
  most: 2,
  flags: {
    author: string('-a --author', 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")'),
    change: list('-c --change', 'Apply Dockerfile instruction to the created image'),
    message: string('-m --message', 'Commit message'),
    pause: boolean('-p --pause', 'Pause during commit (its files are taken in one instant either way)', true),
  },
  async main({ engine, proc, flags, operands: [name = '', tag] }) {
    const handle = await requireContainer(engine, name)
    const { author, message } = flags
    const image = await commit(engine, handle, {
      changes: flags.change,
      ...(tag === undefined ? {} : { tag }),
      ...(author === undefined ? {} : { author }),
      ...(message === undefined ? {} : { message }),
    })
    await proc.stdout.line(image.id)
  },
})
