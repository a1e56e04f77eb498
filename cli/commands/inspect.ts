import type { Engine } from '../../engine/engine.ts'
import type { ContainerHandle } from '../../engine/handle.ts'
import type { Process } from '../../kernel/process.ts'
import { containerSize } from '../container-size.ts'
import { command } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { inspectContainer, inspectImage, inspectVolume } from '../inspection.ts'
import { compileTemplate } from '../template.ts'

export default command({
  name: 'inspect',
  aliases: ['image inspect', 'container inspect'],
  about: 'Return low-level information on containers, images and volumes',
  operands: 'NAME|ID [NAME|ID...]',
  least: 1,
  flags: {
    format: string('-f --format', 'Format output using a Go template, or "json"'),
    size: boolean('-s --size', 'Display total file sizes if the type is container'),
    type: string('--type', 'Only inspect objects of the given type: container, image, volume'),
  },
  async main({ engine, proc, flags, operands }) {
    const found: unknown[] = []
    const missing: string[] = []
    for (const name of operands) {
      const object = await lookup(engine, name, { ...flags, proc })
      if (object === undefined) missing.push(name)
      else found.push(object)
    }
    const { format } = flags
    if (format === undefined) await proc.stdout.line(JSON.stringify(found, null, 4))
    else
      for (const object of found)
        await proc.stdout.line(format === 'json' ? JSON.stringify(object) : compileTemplate(format)(object))
    await proc.stdout.flush()
    for (const name of missing) await proc.stderr.line(`Error response: No such object: ${name}`)
    return missing.length > 0 ? 1 : 0
  },
})

interface LookupOptions {
  readonly proc: Process
  readonly type: string | undefined
  readonly size: boolean
}

async function lookup(engine: Engine, name: string, { proc, type, size }: LookupOptions): Promise<unknown> {
  if (type === undefined || type === 'container') {
    const handle = await engine.containers.find(name)
    if (handle) return size ? withSize(engine, handle) : inspectContainer(handle, engine.volumes)
  }
  if (type === 'container') return undefined
  const image = type === 'volume' ? undefined : await engine.findImage(name)
  if (image && size) await proc.stderr.line('WARNING: --size ignored for image')
  if (image) return inspectImage(image, await engine.namesOf(image))
  const volume = type === 'image' ? undefined : engine.volumes.find(name)
  return volume && inspectVolume(volume)
}

async function withSize(engine: Engine, handle: ContainerHandle): Promise<unknown> {
  const { changed, all } = await containerSize(engine, handle)
  return { ...inspectContainer(handle, engine.volumes), SizeRw: changed, SizeRootFs: all }
}
