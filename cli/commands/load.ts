import { loadArchive } from '../../image/load-archive.ts'
import { parsePlatform } from '../../image/platform.ts'
import { command, Refusal } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { readPieces } from '../pieces.ts'

export default command({
  name: 'load',
  aliases: ['image load'],
  about: 'Load an image from a tar archive or STDIN',
  most: 0,
  flags: {
    input: string('-i --input', 'Read from tar archive file, instead of STDIN'),
    platform: string('--platform', 'Load only the given platform variant. Formatted as "os[/arch[/variant]]"'),
    quiet: boolean('-q --quiet', 'Suppress the progress output (there is none)'),
  },
  async main({ engine, proc, flags }) {
    if (flags.input === undefined && proc.terminal(0))
      throw new Refusal('requested load from stdin, but stdin is empty')
    const platform = flags.platform === undefined ? undefined : parsePlatform(flags.platform)
    if (flags.platform !== undefined && !platform) throw new Refusal(`invalid platform: ${flags.platform}`)
    const archive = readPieces(proc, flags.input)
    const { store, digester } = engine
    const loaded = await loadArchive(store, archive, { digester, ...(platform ? { platform } : {}) })
    for (const { id, names } of loaded) {
      if (names.length === 0) await proc.stdout.line(`Loaded image ID: ${id}`)
      for (const name of names) await proc.stdout.line(`Loaded image: ${name}`)
    }
  },
})
