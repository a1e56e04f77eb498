import { command } from '../context.ts'
import { string } from '../flags.ts'
import { inspectVolume } from '../inspection.ts'
import { compileTemplate } from '../template.ts'

export default command({
  name: 'volume inspect',
  about: 'Display detailed information on one or more volumes',
  operands: 'VOLUME [VOLUME...]',
  least: 1,
  flags: { format: string('-f --format', 'Format output using a Go template, or "json"') },
  async main({ engine, proc, flags: { format }, operands }) {
    const missing = operands.filter(name => !engine.volumes.find(name))
    const found = operands.flatMap(name => engine.volumes.find(name) ?? []).map(inspectVolume)
    if (format === undefined) await proc.stdout.line(JSON.stringify(found, null, 4))
    else
      for (const volume of found)
        await proc.stdout.line(format === 'json' ? JSON.stringify(volume) : compileTemplate(format)(volume))
    await proc.stdout.flush()
    for (const name of missing) await proc.stderr.line(`Error response: get ${name}: no such volume`)
    return missing.length > 0 ? 1 : 0
  },
})
