import type { Engine } from '../../engine/engine.ts'
import { command } from '../context.ts'
import { string } from '../flags.ts'
import { compileTemplate } from '../template.ts'

export default command({
  name: 'info',
  aliases: ['system info'],
  about: 'Display system-wide information',
  most: 0,
  flags: { format: string('-f --format', 'Format output using a Go template or "json"') },
  async main({ engine, proc, flags, version }) {
    const shown = await gather(engine, version)
    if (flags.format === 'json') return void (await proc.stdout.line(JSON.stringify(shown)))
    if (flags.format !== undefined) return void (await proc.stdout.line(compileTemplate(flags.format)(shown)))
    const { Containers, ContainersRunning, ContainersPaused, ContainersStopped, Images, ServerVersion } = shown
    const lines = [
      `Containers: ${Containers}`,
      ` Running: ${ContainersRunning}`,
      ` Paused: ${ContainersPaused}`,
      ` Stopped: ${ContainersStopped}`,
      `Images: ${Images}`,
      `Server Version: ${ServerVersion}`,
      'Storage Driver: cow',
      'Logging Driver: json-file',
      'OSType: linux',
      'Architecture: x86_64',
    ]
    await proc.stdout.write(`${lines.join('\n')}\n`)
  },
})

async function gather(engine: Engine, version: string) {
  const all = await engine.containers.list()
  const count = (...statuses: readonly string[]) => all.filter(({ state }) => statuses.includes(state.status)).length
  const images = new Set((await engine.listImages()).map(({ image }) => image.id))
  return {
    Containers: all.length,
    ContainersRunning: count('running'),
    ContainersPaused: count('paused'),
    ContainersStopped: count('created', 'exited', 'dead'),
    Images: images.size,
    Driver: 'cow',
    LoggingDriver: 'json-file',
    OSType: 'linux',
    Architecture: 'x86_64',
    ServerVersion: version,
  }
}
