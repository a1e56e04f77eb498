import { encode } from '../lib/bytes.ts'
import { text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { DiskImage, fields, randomUuid, uuidText } from './disk-image.ts'

const PAGE = 4096
const LABEL = 16

/** mkswap, as in busybox. */
export default applet({
  name: 'mkswap',
  about: 'Make an image of a swap area',
  operands: 'IMAGE [KBYTES]',
  least: 1,
  most: 2,
  options: { label: text('-L', 'LABEL', 'Its label', '') },
  async main({ proc, options, operands: [name = '', kilobytes] }) {
    const image = await DiskImage.open(proc, name, kilobytes)
    image.requireRoom()
    const uuid = randomUuid(proc)
    await proc.stdout.write(
      `Setting up swapspace version 1, size = ${image.size - PAGE} bytes\nUUID=${uuidText(uuid)}\n`,
    )
    const header = fields(PAGE - 1024, [
      [0, 4, 1],
      [4, 4, Math.floor(image.size / PAGE) - 1],
    ])
    header.set(uuid, 12)
    header.set(encode(options.label).subarray(0, LABEL - 1), 28)
    header.set(encode('SWAPSPACE2'), header.length - 10)
    await image.put(1024, header)
    image.close()
  },
})
