import type { Engine } from '../../engine/engine.ts'
import { shortId } from '../../image/digest.ts'
import { familiarTag, fullName, parseReference } from '../../image/reference.ts'
import type { Image } from '../../image/store.ts'
import { command, messageOf, Refusal } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'rmi',
  aliases: ['image rm', 'image remove'],
  about: 'Remove one or more images',
  operands: 'IMAGE [IMAGE...]',
  least: 1,
  flags: { force: boolean('-f --force', 'Force removal of the image') },
  async main({ engine, proc, flags, operands }) {
    let status = 0
    for (const name of operands) {
      try {
        for (const line of await removeImage(engine, name, flags.force)) await proc.stdout.line(line)
      } catch (error) {
        await proc.stderr.line(`Error response: ${messageOf(error)}`)
        status = 1
      }
    }
    return status
  },
})

async function removeImage(engine: Engine, text: string, force: boolean): Promise<string[]> {
  const image = await engine.requireImage(text)
  const names = await engine.namesOf(image)
  const isId = /^(sha256:)?[0-9a-f]{4,64}$/.test(text) && !names.includes(safeFullName(text))
  if (isId && names.length > 1 && !force) {
    throw new Refusal(
      `conflict: unable to delete ${shortId(image.id)} (must be forced) - image is referenced in multiple repositories`,
    )
  }
  const gone = isId ? names : [safeFullName(text)]
  const isLast = gone.length === names.length || names.length === 0
  if (isLast && !force) await refuseIfUsed(engine, image, text)
  const lines = gone.map(name => `Untagged: ${familiarTag(parseReference(name))}`)
  const removed = await engine.store.remove(isLast ? undefined : gone[0], image.manifest.digest)
  if (isLast)
    lines.push(
      `Deleted: ${image.id}`,
      ...removed
        .filter(digest => image.layers.some(layer => layer.digest === digest))
        .map(digest => `Deleted: ${digest}`),
    )
  return lines
}

async function refuseIfUsed(engine: Engine, image: Image, text: string): Promise<void> {
  const all = await engine.containers.list()
  const user = all.find(({ specification }) => specification.imageId === image.id)
  if (!user) return
  throw new Refusal(
    `conflict: unable to remove repository reference "${text}" (must force) - container ${shortId(user.specification.id)} is using its referenced image ${shortId(image.id)}`,
  )
}

function safeFullName(text: string): string {
  return /^sha256:/.test(text) ? text : fullName(parseReference(text))
}
