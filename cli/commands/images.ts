import { shortId } from '../../image/digest.ts'
import { familiarName, parseReference } from '../../image/reference.ts'
import type { Image } from '../../image/store.ts'
import { humanDuration, humanSize } from '../../lib/human.ts'
import { command } from '../context.ts'
import { filterOf, readFilters } from '../filters.ts'
import { boolean, list, string } from '../flags.ts'
import { imageTests } from '../image-filters.ts'
import { printRows } from '../listing.ts'

export default command({
  name: 'images',
  aliases: ['image ls', 'image list'],
  about: 'List images',
  operands: '[REPOSITORY[:TAG]]',
  most: 1,
  flags: {
    all: boolean('-a --all', 'Show all images (there are no hidden ones)'),
    digests: boolean('--digests', 'Show digests'),
    filter: list(
      '-f --filter',
      'Filter output based on conditions provided: before, dangling, label, reference, since',
      'filter',
    ),
    format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"'),
    noTrunc: boolean('--no-trunc', "Don't truncate output"),
    quiet: boolean('-q --quiet', 'Only show image IDs'),
  },
  async main({ engine, proc, flags, operands: [wanted] }) {
    const now = engine.host.clock.now()
    const all = await engine.listImages()
    const filters = readFilters(wanted === undefined ? flags.filter : [...flags.filter, `reference=${wanted}`])
    const passes = await filterOf(filters, imageTests(engine))
    const rows = all.flatMap(({ image, names }) =>
      (names.length === 0 ? [undefined] : names)
        .filter(name => passes({ image, name }))
        .map(name => describe(image, name, now, flags.noTrunc)),
    )
    if (flags.quiet) {
      for (const id of new Set(rows.map(row => row.ID ?? ''))) await proc.stdout.line(id)
      return
    }
    const digest = flags.digests ? ['DIGEST'] : []
    const header = ['REPOSITORY', 'TAG', ...digest, 'IMAGE ID', 'CREATED', 'SIZE']
    const keys = ['Repository', 'Tag', ...(flags.digests ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size']
    await printRows(proc, header, keys, rows, flags.format)
  },
})

function describe(image: Image, name: string | undefined, now: number, isWhole: boolean): Record<string, string> {
  const reference = name === undefined ? undefined : parseReference(name)
  return {
    Repository: reference ? familiarName(reference) : '<none>',
    Tag: reference?.tag ?? '<none>',
    Digest: image.manifest.digest,
    ID: isWhole ? image.id : shortId(image.id),
    CreatedSince: `${humanDuration(now - (Date.parse(image.config.created ?? '') || 0))} ago`,
    CreatedAt: image.config.created ?? '',
    Size: humanSize(imageSize(image)),
  }
}

/** What its layers take in the store. */
export function imageSize(image: Image): number {
  return image.layers.reduce((sum, layer) => sum + layer.size, 0)
}
