import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { ContainerHandle, ProcessRow } from '../../engine/handle.ts'
import { shortId } from '../../image/digest.ts'
import { DEFAULT_LIMITS } from '../../kernel/limits.ts'
import { bytesSize } from '../../lib/human.ts'
import { command, requireContainer } from '../context.ts'
import { boolean, string } from '../flags.ts'
import { printRows } from '../listing.ts'

const HEADER = ['CONTAINER ID', 'NAME', 'CPU %', 'MEM USAGE / LIMIT', 'MEM %', 'PIDS']
const KEYS = ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'PIDs']
/** How often, and over how long the share of the processor is measured. */
const EVERY = 1000

export default command({
  name: 'stats',
  aliases: ['container stats'],
  about: 'Display a live stream of container resource usage statistics',
  operands: '[CONTAINER...]',
  flags: {
    all: boolean('-a --all', 'Show all containers (default shows just running)'),
    format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"'),
    noStream: boolean('--no-stream', 'Disable streaming stats and only pull the first result'),
    noTrunc: boolean('--no-trunc', "Don't truncate output"),
  },
  async main({ engine, proc, flags, operands }) {
    for (const name of operands) await requireContainer(engine, name)
    let before = await measure(engine, operands, flags.all)
    for (;;) {
      await proc.sleep(EVERY)
      const after = await measure(engine, operands, flags.all)
      const rows = after.map(now =>
        row(
          now,
          before.find(then => then.id === now.id),
          flags.noTrunc,
        ),
      )
      // On a terminal, as docker's: from the top of the screen, over what stood there.
      if (!flags.noStream && proc.terminal(1)) await proc.stdout.write('\x1b[H\x1b[J')
      await printRows(proc, HEADER, KEYS, rows, flags.format)
      await proc.stdout.flush()
      if (flags.noStream) return
      before = after
    }
  },
})

interface Measured {
  readonly id: string
  readonly handle: ContainerHandle
  readonly time: number
  readonly processes: readonly ProcessRow[]
}

async function measure(engine: Engine, names: readonly string[], isAll: boolean): Promise<Measured[]> {
  const found = names.length > 0 ? await Promise.all(names.map(name => requireContainer(engine, name))) : undefined
  const handles = (found ?? (await engine.containers.list())).filter(handle => isAll || found || isUp(handle))
  return Promise.all(
    handles.map(async handle => ({
      id: handle.specification.id,
      handle,
      processes: await processesOf(handle),
      time: engine.host.clock.now(),
    })),
  )
}

/** One that has ended meanwhile has none. */
async function processesOf(handle: ContainerHandle): Promise<readonly ProcessRow[]> {
  if (!isUp(handle)) return []
  try {
    return await handle.processes()
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'not-running') throw error
    return []
  }
}

function row({ handle, time, processes }: Measured, before: Measured | undefined, isWhole: boolean) {
  const { id, name, limits } = handle.specification
  const used = processes.reduce((sum, { memory }) => sum + memory, 0)
  const limit = limits.memory ?? DEFAULT_LIMITS.memory
  const pids = new Map(before?.processes.map(({ pid, cpu }) => [pid, cpu]))
  const cpu = processes.reduce((sum, process) => sum + process.cpu - (pids.get(process.pid) ?? 0), 0)
  const passed = before ? time - before.time : 0
  return {
    ID: isWhole ? id : shortId(id),
    Container: isWhole ? id : shortId(id),
    Name: name,
    CPUPerc: `${(passed > 0 ? (100 * cpu) / passed : 0).toFixed(2)}%`,
    MemUsage: `${bytesSize(used)} / ${bytesSize(limit)}`,
    MemPerc: `${((100 * used) / limit).toFixed(2)}%`,
    PIDs: String(processes.length),
  }
}

function isUp({ state: { status } }: ContainerHandle): boolean {
  return status === 'running' || status === 'paused'
}
