// The background process of a detached container: runs it, keeps its log, answers others, and ends with it.

import type { Engine } from '../../engine/engine.ts'
import { NodeContainers } from './containers.ts'
import { toWire } from './protocol.ts'
import type { StateFolder } from './state-folder.ts'

export async function supervise(engine: Engine, folder: StateFolder, id: string): Promise<void> {
  // The terminal it was started from may close: that is nothing to it.
  process.on('SIGHUP', () => {})
  const container = await new NodeContainers(engine, folder).find(id)
  if (!container) return tell({ kind: 'other', message: `No such container: ${id}` })
  try {
    const attachment = await container.start()
    attachment.detach()
    await container.serve()
    process.stdout.write('started\n')
    process.on('SIGTERM', () => void container.stop())
    await attachment.ended
    process.exit(0)
  } catch (error) {
    tell(toWire(error))
    process.exit(1)
  }
}

function tell(error: ReturnType<typeof toWire>): void {
  process.stdout.write(`${JSON.stringify(error)}\n`)
}
