// The background process of a container: runs it, keeps its log, answers others, and ends with it.

import type { NodeContainers } from './containers.ts'
import type { NodeContainer } from './node-container.ts'
import { toWire } from './protocol.ts'
import type { StartMoment } from './start-supervisor.ts'

/** Who asked for it has gone when the start does not come. */
const PATIENCE = 30_000
/** How long somebody who was attached may take to read the last output. */
const LAST_ANSWERS = 600_000

/** The exit status of the process. */
export async function supervise(containers: NodeContainers, [id = '', moment]: readonly string[]): Promise<number> {
  // The terminal it was started from may close: that is nothing to it.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT'] as const) process.on(signal, () => {})
  try {
    const container = await containers.find(id)
    if (!container) throw new Error(`No such container: ${id}`)
    process.on('SIGTERM', () => void container.stop())
    await container.open()
    // Written by startSupervisor.
    if ((moment as StartMoment) === 'now') await startNow(container)
    else await startWhenAsked(container)
    if (container.isHere) await container.wait()
    await container.answered(LAST_ANSWERS)
    return 0
  } catch (error) {
    tell(JSON.stringify(toWire(error)))
    return 1
  }
}

async function startNow(container: NodeContainer): Promise<void> {
  const attachment = await container.startHere()
  attachment.detach()
  await container.serve()
  tell('ready')
}

async function startWhenAsked(container: NodeContainer): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const hasStarted = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), PATIENCE)
    void container.serve(resolve).then(() => tell('ready'))
  })
  const isStarted = await hasStarted
  clearTimeout(timer)
  if (!isStarted) container.close()
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`)
}
