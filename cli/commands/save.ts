import { archivePieces } from '../../image/archive.ts'
import { command, Refusal } from '../context.ts'
import { string } from '../flags.ts'
import { writePieces } from '../pieces.ts'

export default command({
  name: 'save',
  aliases: ['image save'],
  about: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  operands: 'IMAGE [IMAGE...]',
  least: 1,
  flags: {
    format: string('--format', 'Archive format: docker (docker and OCI in one), oci', 'docker'),
    output: string('-o --output', 'Write to a file, instead of STDOUT'),
  },
  async main({ engine, proc, flags, operands }) {
    const { format } = flags
    if (format !== 'docker' && format !== 'oci') throw new Refusal(`unknown archive format: ${format}: docker or oci`)
    if (flags.output === undefined && proc.terminal(1)) {
      throw new Refusal('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    }
    const images = []
    for (const name of operands) {
      const image = await engine.requireImage(name)
      const names = await engine.namesOf(image)
      const isId = /^(sha256:)?[0-9a-f]{12,64}$/.test(name)
      images.push({
        image,
        names: isId ? [] : names.filter(full => full.endsWith(name) || full.endsWith(`${name}:latest`)),
      })
    }
    await writePieces(proc, flags.output, archivePieces(engine.store, images, format))
  },
})
