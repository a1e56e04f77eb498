import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, parseNumber, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { readService, serviceFolder, tellService } from './service-control.ts'
import { controlServices, reachService } from './sv-control.ts'

const USAGE = 100
/** How often it looks while it waits. */
const LOOK_MS = 420

/** sv, as in busybox (runit). */
export default applet({
  name: 'sv',
  about: 'Control services that runsv supervises',
  operands: 'CMD SERVICE_DIR...',
  least: 2,
  usageStatus: USAGE,
  stopAtOperand: true,
  options: {
    waits: flag('-v', 'Wait until it is as it should be, and tell'),
    seconds: text('-w', 'SEC', 'How long to wait ($SVWAIT, or 7)'),
  },
  notes: [
    'CMD: status, up, down, once, pause, cont, hup, alarm, interrupt, quit, 1, 2, term, kill, exit;',
    'and those that wait: start, stop, restart, shutdown, try-restart, check, force-stop, force-reload, force-restart,',
    'force-shutdown. The first letter is enough for those that do not wait.',
  ],
  async main({ proc, options, operands: [command = '', ...names] }) {
    const action = actionOf(command)
    if (!action) throw new UsageError('')
    if (action.letters === '' && !action.waits) return await showAll(proc, names)
    if (!action.waits && !options.waits) return await controlServices(proc, action.letters, names)
    const seconds = parseNumber(options.seconds ?? proc.env.get('SVWAIT') ?? '7')
    return await controlAndWait(proc, action, names, seconds)
  },
})

interface Action {
  readonly letters: string
  readonly waits: boolean
  readonly until: 'up' | 'down' | 'restarted' | 'gone' | 'any'
  /** KILL, when it does not end in time. */
  readonly forces?: boolean
}

const WAITING: ReadonlyMap<string, Action> = new Map([
  ['start', { letters: 'u', waits: true, until: 'up' }],
  ['stop', { letters: 'd', waits: true, until: 'down' }],
  ['restart', { letters: 'tcu', waits: true, until: 'restarted' }],
  ['try-restart', { letters: 'tc', waits: true, until: 'restarted' }],
  ['shutdown', { letters: 'x', waits: true, until: 'gone' }],
  ['check', { letters: '', waits: true, until: 'any' }],
  ['force-stop', { letters: 'd', waits: true, until: 'down', forces: true }],
  ['force-reload', { letters: 'tc', waits: true, until: 'restarted', forces: true }],
  ['force-restart', { letters: 'tcu', waits: true, until: 'restarted', forces: true }],
  ['force-shutdown', { letters: 'x', waits: true, until: 'gone', forces: true }],
] satisfies [string, Action][])

function actionOf(command: string): Action | undefined {
  const waiting = WAITING.get(command)
  if (waiting) return waiting
  const first = command[0] ?? ''
  if (first === 's') return { letters: '', waits: false, until: 'any' }
  if (first === 'e' || first === 'x') return { letters: 'x', waits: false, until: 'gone' }
  if (first === 'u' || first === 'o') return { letters: first, waits: false, until: 'up' }
  if (first === 'd') return { letters: 'd', waits: false, until: 'down' }
  if (first === 't') return { letters: 't', waits: false, until: 'restarted' }
  return 'pchaiq12k'.includes(first) && first !== '' ? { letters: first, waits: false, until: 'any' } : undefined
}

async function showAll(proc: Process, names: readonly string[]): Promise<number> {
  let failures = 0
  for (const name of names) {
    const problem = await reachService(proc, name)
    if (problem !== undefined) failures++
    await proc.stdout.line(problem ?? lineOf(proc, name))
  }
  return failures
}

async function controlAndWait(
  proc: Process,
  action: Action,
  names: readonly string[],
  seconds: number,
): Promise<number> {
  let failures = 0
  const began = proc.kernel.clock.now()
  const waiting: string[] = []
  for (const name of names) {
    const problem = await reachService(proc, name)
    if (problem === undefined) {
      if (action.letters !== '') await tellService(proc, serviceFolder(proc, name), action.letters)
      waiting.push(name)
      continue
    }
    failures++
    await proc.stdout.line(problem)
  }
  if (action.letters !== '' && waiting.length > 0) await proc.sleep(LOOK_MS)
  for (const name of waiting) {
    while (!(await isDone(proc, name, action, began)) && proc.kernel.clock.now() - began < seconds * 1000)
      await proc.sleep(LOOK_MS)
    const isWell = await isDone(proc, name, action, began)
    if (!isWell) failures++
    if (!isWell && action.forces) await tellService(proc, serviceFolder(proc, name), 'k')
    const word = isWell ? 'ok' : action.forces ? 'kill' : 'timeout'
    await proc.stdout.line(`${word}: ${stateText(proc, serviceFolder(proc, name), name)}`)
  }
  return failures
}

async function isDone(proc: Process, name: string, { until }: Action, began: number): Promise<boolean> {
  if (until === 'gone') return (await reachService(proc, name)) !== undefined
  try {
    const { pid, state, since } = readService(proc, serviceFolder(proc, name))
    if (until === 'down') return pid === 0 && state === 'down'
    if (until === 'any') return true
    if (state !== 'run') return false
    return until === 'up' || since * 1000 >= began - 1
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function lineOf(proc: Process, name: string): string {
  const folder = serviceFolder(proc, name)
  const log = logOf(proc, folder)
  return `${stateText(proc, folder, name)}${log}`
}

function logOf(proc: Process, folder: string): string {
  try {
    proc.stat(`${folder}/log`)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return ''
  }
  return `; ${stateText(proc, `${folder}/log`, 'log')}`
}

function stateText(proc: Process, folder: string, name: string): string {
  try {
    const { state, pid, since, isPaused, want, hasTerm } = readService(proc, folder)
    const seconds = Math.max(0, Math.floor(proc.kernel.clock.now() / 1000) - Math.floor(since))
    const isUp = !isThere(proc, `${folder}/down`)
    return [
      `${state}: ${name}: ${pid === 0 ? '' : `(pid ${pid}) `}${seconds}s`,
      ...(pid !== 0 && !isUp ? [', normally down'] : []),
      ...(pid === 0 && isUp ? [', normally up'] : []),
      ...(pid !== 0 && isPaused ? [', paused'] : []),
      ...(pid === 0 && want === 'u' ? [', want up'] : []),
      ...(pid !== 0 && want === 'd' ? [', want down'] : []),
      ...(pid !== 0 && hasTerm ? [', got TERM'] : []),
    ].join('')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return `warning: ${name}: can't open supervise/status: ${error.message}`
  }
}

function isThere(proc: Process, path: string): boolean {
  try {
    proc.stat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}
