import { shortId } from '../../image/digest.ts'
import type { Image } from '../../image/store.ts'
import { humanDuration, humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { printRows } from '../listing.ts'

export default command({
  name: 'history',
  aliases: ['image history'],
  about: 'Show the history of an image',
  operands: 'IMAGE',
  least: 1,
  most: 1,
  flags: {
    format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"'),
    human: boolean('-H --human', 'Print sizes and dates in human readable format', true),
    noTrunc: boolean('--no-trunc', "Don't truncate output"),
    quiet: boolean('-q --quiet', 'Only show image IDs'),
  },
  async main({ engine, proc, flags, operands: [name = ''] }) {
    const image = await engine.requireImage(name)
    const rows = describe(image, engine.host.clock.now(), flags)
    if (flags.quiet) {
      for (const row of rows) await proc.stdout.line(row.ID ?? '')
      return
    }
    const header = ['IMAGE', 'CREATED', 'CREATED BY', 'SIZE', 'COMMENT']
    await printRows(proc, header, ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'], rows, flags.format)
  },
})

/** Newest first. Only the image itself has an id; its steps are `<missing>`, as BuildKit's are. */
function describe(
  image: Image,
  now: number,
  { noTrunc, human }: { noTrunc: boolean; human: boolean },
): Record<string, string>[] {
  let layer = 0
  const rows = image.config.history.map(({ created = '', created_by: by = '', comment = '', empty_layer: isEmpty }) => {
    const size = isEmpty ? 0 : (image.layers[layer++]?.size ?? 0)
    const text = by.replace(/\s+/g, ' ')
    return {
      ID: '<missing>',
      CreatedSince: human ? `${humanDuration(now - (Date.parse(created) || 0))} ago` : created,
      CreatedAt: created,
      CreatedBy: noTrunc || text.length <= 45 ? text : `${text.slice(0, 44)}…`,
      Size: human ? humanSize(size) : String(size),
      Comment: comment,
    }
  })
  const newest = rows.at(-1)
  if (newest) newest.ID = noTrunc ? image.id : shortId(image.id)
  return rows.reverse()
}
