import { EngineError } from '../../engine/errors.ts'
import type { Registry } from '../../engine/registry.ts'
import { parsePlatform } from '../../image/platform.ts'
import { familiarTag, fullName, parseReference } from '../../image/reference.ts'
import { command, type Invocation, Refusal } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { PULL_WORDS, transferProgress } from '../transfer-progress.ts'

const FLAGS = {
  allTags: boolean('-a --all-tags', 'Download all tagged images in the repository'),
  platform: string('--platform', 'Set platform if the registry has several'),
  quiet: boolean('-q --quiet', 'Suppress verbose output'),
}

export default command({
  name: 'pull',
  aliases: ['image pull'],
  about: 'Download an image from a registry',
  operands: 'NAME[:TAG|@DIGEST]',
  least: 1,
  most: 1,
  flags: FLAGS,
  async main(invocation) {
    const { engine, proc, flags, operands } = invocation
    const [name = ''] = operands
    const registry = await engine.registry()
    const reference = parseReference(name)
    if (flags.allTags && /[:@][^/]*$/.test(name)) throw new Refusal("tag can't be used with --all-tags/-a")
    if (!flags.allTags && !/[:@][^/]*$/.test(name) && !flags.quiet) await proc.stdout.line('Using default tag: latest')
    const base = fullName({ ...reference, tag: undefined, digest: undefined })
    const names = flags.allTags ? (await registry.tags(base)).map(tag => `${base}:${tag}`) : [fullName(reference)]
    for (const full of names) await pullOne(invocation, registry, full)
  },
})

async function pullOne(
  { engine, proc, flags }: Invocation<typeof FLAGS>,
  registry: Registry,
  name: string,
): Promise<void> {
  const reference = parseReference(name)
  if (!flags.quiet) {
    await proc.stdout.line(`${reference.tag ?? reference.digest}: Pulling from ${reference.path}`)
  }
  const platform = flags.platform === undefined ? undefined : parsePlatform(flags.platform)
  if (flags.platform !== undefined && !platform) {
    throw new EngineError('invalid-option', `invalid platform: ${JSON.stringify(flags.platform)}`)
  }
  const progress = transferProgress({ proc, clock: engine.host.clock }, PULL_WORDS, { isQuiet: flags.quiet })
  try {
    const { digest, isUpToDate } = await registry.pull(name, { tell: progress.tell, ...(platform ? { platform } : {}) })
    await progress.finish()
    if (!flags.quiet) {
      const state = isUpToDate ? 'Image is up to date' : 'Downloaded newer image'
      await proc.stdout.line(`Digest: ${digest}\nStatus: ${state} for ${familiarTag(reference)}`)
    }
  } catch (error) {
    await progress.finish()
    throw error
  }
  await proc.stdout.line(name)
}
