import { command } from '../context.ts'
import { string } from '../flags.ts'
import { compileTemplate } from '../template.ts'

export default command({
  name: 'version',
  about: 'Show the version information',
  most: 0,
  flags: { format: string('-f --format', 'Format output using a Go template or "json"') },
  async main({ proc, flags, version }) {
    const shown = { Version: version, ApiVersion: '1.0', Os: 'linux', Arch: 'amd64' }
    if (flags.format === 'json') return void (await proc.stdout.line(JSON.stringify({ Client: shown })))
    if (flags.format !== undefined) {
      await proc.stdout.line(compileTemplate(flags.format)({ Client: shown, Server: shown }))
      return
    }
    await proc.stdout.write(`Client and engine: cowbox\n Version:  ${version}\n OS/Arch:  linux/amd64\n`)
  },
})
