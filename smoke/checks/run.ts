// runTests (ours): a container as the image says, ENTRYPOINT and all; looked at while it runs, stopped, and held against what it
// should have printed, changed and left.

import type { Box } from '../../engine/box.ts'
import { isPort, showPort, type WantedPort } from '../../engine/ports.ts'
import type { Change } from '../../image/diff.ts'
import type { Check, Outcome } from '../check.ts'
import type { Context } from '../context.ts'
import { globMatcher } from '../glob.ts'
import { exitErrors, outputErrors } from '../outputs.ts'
import { LONGEST_RUN, reasonOf, type State } from '../prepared.ts'
import type { RunTest } from '../schema.ts'

export function runCheck(test: RunTest, context: Context): Check {
  const name = `Run Test: ${test.name ?? ''}`
  return {
    name,
    run: async () => {
      const outcome = await run(test, name, context)
      if (!test.expectFailure) return outcome
      const isMet = outcome.errors.length === 0
      return { ...outcome, errors: isMet ? ['every expectation was met, and one should not have been'] : [] }
    },
  }
}

async function run(test: RunTest, name: string, context: Context): Promise<Outcome> {
  const { prepared, settings } = context
  let box: Box
  try {
    const state = await afterSetup(test, context)
    box = await prepared.start(state, settings, runOptions(test))
  } catch (error) {
    return { errors: [reasonOf(error)] }
  }
  try {
    const errors = await prepared.guard(box, () => lookAt(box, test, name, context))
    return { errors, stdout: box.stdout.text(), stderr: box.stderr.text() }
  } catch (error) {
    return { errors: [reasonOf(error)], stdout: box.stdout.text(), stderr: box.stderr.text() }
  } finally {
    if (box.isRunning) await box.kill('KILL')
  }
}

async function afterSetup({ setup = [] }: RunTest, { prepared, settings, state }: Context): Promise<State> {
  let current = state
  for (const argv of setup) current = (await prepared.run(current, settings, argv, new Map())).state
  return current
}

function runOptions(test: RunTest) {
  return {
    ...(test.args ? { cmd: test.args } : {}),
    ...(test.entrypoint ? { entrypoint: test.entrypoint } : {}),
    ...(test.env ? { env: Object.fromEntries(test.env) } : {}),
    ...(test.user === undefined ? {} : { user: test.user }),
    ...(test.workdir === undefined ? {} : { workingDirectory: test.workdir }),
    ...(test.stdin === undefined ? {} : { stdin: test.stdin }),
    ...(test.tty === undefined ? {} : { tty: test.tty }),
    ...(test.seed === undefined ? {} : { seed: test.seed }),
    ...(test.stubs ? { stubs: Object.fromEntries(test.stubs) } : {}),
  }
}

async function lookAt(box: Box, test: RunTest, name: string, { snapshots }: Context): Promise<string[]> {
  const within = test.timeout ?? LONGEST_RUN
  if (test.untilPort) await box.runUntilPort(test.untilPort.source, { within })
  if (test.until) await box.runUntil(test.until.matches, { within })
  else if (test.for !== undefined) await box.advance(test.for)
  else if (!test.untilPort) await box.runToEnd({ within })
  // Before other commands run in it: they may make a server answer, or end it.
  const ofPorts = portErrors(box, test)
  const errors = [
    ...(await execErrors(box, test)),
    ...(await processErrors(box, test)),
    ...ofPorts,
    ...runningErrors(box, test),
  ]
  if (test.stop !== undefined && box.isRunning) {
    await box.kill(test.stop)
    await box.runToEnd({ within })
  }
  const { exitCode } = box
  if (exitCode !== undefined) errors.push(...exitErrors(test.name ?? '', test, exitCode))
  const printed = { stdout: box.stdout.text(), stderr: box.stderr.text() }
  errors.push(...outputErrors(test, printed), ...exactErrors(test, printed.stdout))
  const changes = box.diff()
  errors.push(...changeErrors(test, changes))
  if (test.snapshot) errors.push(...snapshotErrors(name, { ...printed, exitCode, changes }, snapshots))
  return errors
}

async function execErrors(box: Box, { exec = [] }: RunTest): Promise<string[]> {
  const errors: string[] = []
  for (const argv of exec) {
    if (!box.isRunning) return [...errors, `${argv.join(' ')}: the container had ended with ${box.exitCode}`]
    const { exitCode, stdout, stderr } = await box.exec(argv)
    if (exitCode !== 0) errors.push(`${argv.join(' ')} exited with ${exitCode}: ${stdout}${stderr}`)
  }
  return errors
}

async function processErrors(box: Box, { processes = [], noProcesses = [] }: RunTest): Promise<string[]> {
  const running = (await box.processes()).map(({ command }) => command)
  const list = running.map(command => `'${command}'`).join(', ')
  const absent = processes.filter(({ matches }) => !running.some(matches))
  const unwanted = noProcesses.filter(({ matches }) => running.some(matches))
  return [
    ...absent.map(({ source }) => `Expected process '${source}' is not among ${list === '' ? 'no processes' : list}`),
    ...unwanted.map(({ source }) => `Excluded process '${source}' is among ${list}`),
  ]
}

function portErrors(box: Box, { ports = [], noPorts = [] }: RunTest): string[] {
  const open = box.ports()
  const list = open.map(showPort).join(', ') || 'no ports'
  const isOpen = ({ wanted }: { readonly wanted: WantedPort }) => open.some(each => isPort(each, wanted))
  return [
    ...ports.filter(port => !isOpen(port)).map(({ source }) => `Expected port '${source}' is not among ${list}`),
    ...noPorts.filter(isOpen).map(({ source }) => `Excluded port '${source}' is among ${list}`),
  ]
}

function runningErrors(box: Box, { running }: RunTest): string[] {
  if (running === undefined || running === box.isRunning) return []
  return [running ? `it should still run, and has ended with ${box.exitCode}` : 'it should have ended, and still runs']
}

function exactErrors({ output }: RunTest, stdout: string): string[] {
  return output === undefined || output === stdout ? [] : [`Expected output:\n${output}\nActual output:\n${stdout}`]
}

/** A directory in which something changed counts as changed itself: it need not be listed. */
function changeErrors({ changes: wanted = [], onlyChanges }: RunTest, changes: readonly Change[]): string[] {
  const made = changes.map(({ kind, path }) => `${kind} ${path}`)
  const matchers = wanted.map(globMatcher)
  const unmet = wanted.filter((_, index) => !made.some(each => matchers[index]?.(each)))
  const errors = unmet.map(
    change => `Expected change '${change}' is not among ${made.map(each => `'${each}'`).join(', ') || 'none'}`,
  )
  if (!onlyChanges) return errors
  const expected = made.filter(each => matchers.some(isMatch => isMatch(each)))
  const isAbove = (directory: string) => expected.some(each => each.slice(2).startsWith(`${directory}/`))
  const others = changes.filter(({ kind, path }) => {
    return !expected.includes(`${kind} ${path}`) && !(kind === 'C' && isAbove(path))
  })
  return [...errors, ...others.map(({ kind, path }) => `Unexpected change '${kind} ${path}'`)]
}

interface Seen {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
  readonly changes: readonly Change[]
}

function snapshotErrors(name: string, seen: Seen, snapshots: Context['snapshots']): string[] {
  const lines = (text: string) => (text === '' ? [] : text.split('\n'))
  const text = JSON.stringify(
    {
      exitCode: seen.exitCode ?? 'still running',
      stdout: lines(seen.stdout),
      stderr: lines(seen.stderr),
      changes: seen.changes.map(({ kind, path }) => `${kind} ${path}`),
    },
    null,
    2,
  )
  const kept = snapshots.get(name)
  if (kept === text) return []
  if (snapshots.isUpdating) {
    snapshots.set(name, text)
    return []
  }
  if (kept === undefined) return ['no snapshot is kept yet: run again with --update']
  return [`the snapshot differs (--update keeps the new one):\n--- kept\n${kept}\n+++ now\n${text}`]
}
