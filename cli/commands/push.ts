import type { Registry } from '../../engine/registry.ts'
import { familiarName, fullName, parseReference } from '../../image/reference.ts'
import { command, type Invocation, Refusal } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { PUSH_WORDS, transferProgress } from '../transfer-progress.ts'

const FLAGS = {
  allTags: boolean('-a --all-tags', 'Push all tags of an image to the repository'),
  compressionFormat: string('--compression-format', 'Pack plain layers ("gzip"); by default they are sent as they are'),
  quiet: boolean('-q --quiet', 'Suppress verbose output'),
}

export default command({
  name: 'push',
  aliases: ['image push'],
  about: 'Upload an image to a registry',
  operands: 'NAME[:TAG]',
  least: 1,
  most: 1,
  flags: FLAGS,
  async main(invocation) {
    const { engine, proc, flags, operands } = invocation
    const [name = ''] = operands
    const reference = parseReference(name)
    const { compressionFormat: format } = flags
    if (format !== undefined && format !== 'gzip')
      throw new Refusal(`compression format '${format}' is not supported: layers are packed with gzip`)
    if (reference.digest) throw new Refusal('cannot push a digest reference')
    if (flags.allTags && /:[^/]*$/.test(name)) throw new Refusal("tag can't be used with --all-tags/-a")
    const base = fullName({ ...reference, tag: undefined, digest: undefined })
    const stored = await engine.store.images()
    const names = flags.allTags
      ? stored.flatMap(image => (image.name?.startsWith(`${base}:`) ? [image.name] : []))
      : [fullName(reference)]
    if (names.length === 0)
      throw new Refusal(`An image does not exist locally with the tag: ${familiarName(reference)}`)
    const registry = await engine.registry()
    if (!flags.quiet) {
      if (!flags.allTags && !/:[^/]*$/.test(name)) await proc.stdout.line('Using default tag: latest')
      await proc.stdout.line(`The push refers to repository [${base}]`)
    }
    for (const full of names) await pushOne(invocation, registry, full)
  },
})

async function pushOne(
  { engine, proc, flags }: Invocation<typeof FLAGS>,
  registry: Registry,
  name: string,
): Promise<void> {
  const progress = transferProgress({ proc, clock: engine.host.clock }, PUSH_WORDS, { isQuiet: flags.quiet })
  try {
    const { digest, size } = await registry.push(name, {
      tell: progress.tell,
      gzip: flags.compressionFormat === 'gzip',
    })
    await progress.finish()
    const text = flags.quiet ? name : `${parseReference(name).tag}: digest: ${digest} size: ${size}`
    await proc.stdout.line(text)
  } catch (error) {
    await progress.finish()
    throw error
  }
}
