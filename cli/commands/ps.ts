import type { Engine } from '../../engine/engine.ts'
import type { ContainerHandle } from '../../engine/handle.ts'
import { hostAddresses, type PublishedPort, portKey, showHostAddress } from '../../engine/published-port.ts'
import { type ContainerSpecification, type ContainerState, commandLine } from '../../engine/specification.ts'
import { shortId } from '../../image/digest.ts'
import { humanDuration, humanSize } from '../../lib/human.ts'
import { containerTests } from '../container-filters.ts'
import { containerSize } from '../container-size.ts'
import { command } from '../context.ts'
import { filterOf, readFilters } from '../filters.ts'
import { boolean, integer, list, string } from '../flags.ts'
import { printRows } from '../listing.ts'

export default command({
  name: 'ps',
  aliases: ['container ls', 'container list', 'container ps'],
  about: 'List containers',
  most: 0,
  flags: {
    all: boolean('-a --all', 'Show all containers (default shows just running)'),
    filter: list('-f --filter', 'Filter output based on conditions provided', 'filter'),
    format: string('--format', 'Format output using a Go template, "table TEMPLATE" or "json"'),
    last: integer('-n --last', 'Show n last created containers (includes all states)'),
    latest: boolean('-l --latest', 'Show the latest created container (includes all states)'),
    noTrunc: boolean('--no-trunc', "Don't truncate output"),
    quiet: boolean('-q --quiet', 'Only display container IDs'),
    size: boolean('-s --size', 'Display total file sizes'),
  },
  async main({ engine, proc, flags }) {
    const now = engine.host.clock.now()
    const filters = readFilters(flags.filter)
    const isAll = flags.all || flags.latest || flags.last !== undefined || filters.some(([key]) => key === 'status')
    const all = await engine.containers.list()
    const passes = await filterOf(filters, containerTests(engine, all))
    let handles = all.filter(handle => (isAll || isUp(handle.state)) && passes(handle))
    if (flags.latest) handles = handles.slice(0, 1)
    if (flags.last !== undefined) handles = handles.slice(0, flags.last)
    if (flags.quiet) {
      for (const { specification } of handles)
        await proc.stdout.line(flags.noTrunc ? specification.id : shortId(specification.id))
      return
    }
    const rows = handles.map(handle => describe(handle, now, flags.noTrunc))
    // docker: a template that asks for the size need not be told --size.
    if (flags.size || /\.Size\b/.test(flags.format ?? '')) {
      for (const [index, handle] of handles.entries())
        rows[index] = { ...rows[index], Size: await sizeText(engine, handle) }
    }
    const size = flags.size ? (['SIZE', 'Size'] as const) : undefined
    const header = [
      'CONTAINER ID',
      'IMAGE',
      'COMMAND',
      'CREATED',
      'STATUS',
      'PORTS',
      'NAMES',
      ...(size ? [size[0]] : []),
    ]
    const keys = ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names', ...(size ? [size[1]] : [])]
    await printRows(proc, header, keys, rows, flags.format)
  },
})

/** What it changed, and with its image. */
async function sizeText(engine: Engine, handle: ContainerHandle): Promise<string> {
  // The base image of an older version of this program is not there any more: nothing can be said.
  if (!(await engine.findImage(handle.specification.imageId))) return 'N/A'
  const { changed, all } = await containerSize(engine, handle)
  return `${humanSize(changed)} (virtual ${humanSize(all)})`
}

function describe(
  { specification, state, ports }: ContainerHandle,
  now: number,
  isWhole: boolean,
): Record<string, string> {
  const words = commandLine(specification).join(' ')
  const shown = isWhole || words.length <= 18 ? words : `${words.slice(0, 17)}…`
  return {
    ID: isWhole ? specification.id : shortId(specification.id),
    Image: specification.image,
    Command: `"${shown}"`,
    CreatedAt: new Date(specification.created).toISOString(),
    RunningFor: `${humanDuration(now - specification.created)} ago`,
    Status: statusText(state, now),
    State: state.status,
    Ports: isUp(state) ? portsText(specification, ports) : '',
    Names: specification.name,
    Labels: Object.entries(specification.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    Mounts: specification.mounts.map(({ source }) => source).join(','),
    Networks: 'none',
    Size: '0B',
  }
}

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp`: those that are published, then those that are only exposed. */
function portsText({ exposedPorts }: ContainerSpecification, ports: readonly PublishedPort[]): string {
  const published = ports.flatMap(port =>
    hostAddresses(port).map(address => `${showHostAddress(address)}->${portKey(port)}`),
  )
  const keys = new Set(ports.map(portKey))
  return [...published, ...exposedPorts.filter(key => !keys.has(key))].join(', ')
}

/** docker's words: `Up 4 seconds`, `Exited (137) 1 second ago`, `Created`. */
export function statusText(state: ContainerState, now: number): string {
  switch (state.status) {
    case 'running':
      return `Up ${humanDuration(now - state.startedAt)}${healthText(state)}`
    case 'paused':
      return `Up ${humanDuration(now - state.startedAt)} (Paused)`
    case 'exited':
      return `Exited (${state.exitCode}) ${humanDuration(now - state.finishedAt)} ago`
    case 'created':
      return 'Created'
    case 'removing':
      return 'Removal In Progress'
    case 'dead':
      return 'Dead'
  }
}

/** docker: nothing where nobody looks after it. */
function healthText({ health }: ContainerState): string {
  if (!health) return ''
  return health.status === 'starting' ? ' (health: starting)' : ` (${health.status})`
}

function isUp({ status }: ContainerState): boolean {
  return status === 'running' || status === 'paused'
}
