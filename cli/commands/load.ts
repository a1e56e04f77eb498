import { loadArchive } from '../../image/load-archive.ts'
import { command, Refusal } from '../context.ts'
import { readHostFile } from '../create-options.ts'
import { boolean, string } from '../flags.ts'

export default command({
  name: 'load',
  aliases: ['image load'],
  about: 'Load an image from a tar archive or STDIN',
  most: 0,
  flags: {
    input: string('-i --input', 'Read from tar archive file, instead of STDIN'),
    quiet: boolean('-q --quiet', 'Suppress the progress output (there is none)'),
  },
  async main({ engine, proc, flags }) {
    if (flags.input === undefined && proc.terminal(0))
      throw new Refusal('requested load from stdin, but stdin is empty')
    const archive = flags.input === undefined ? await proc.stdin.all() : readHostFile(proc, flags.input)
    const loaded = await loadArchive(engine.store, archive, engine.digester)
    for (const { id, names } of loaded) {
      if (names.length === 0) await proc.stdout.line(`Loaded image ID: ${id}`)
      for (const name of names) await proc.stdout.line(`Loaded image: ${name}`)
    }
  },
})
