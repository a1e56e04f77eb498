// A developer's window: `npm run try -- [--ast] [--trace] [--busybox] 'a line of shell'`.
// Runs the line in a fresh box on a virtual clock; shows its tree, its system calls, or the real busybox's answer beside ours.

import type { Process } from '../kernel/process.ts'
import type { SystemCall, Watcher } from '../kernel/watched-process.ts'
import { decode } from '../lib/bytes.ts'
import { parse } from '../shell/parser.ts'
import { print } from '../shell/printer.ts'
import { ShellSyntaxError } from '../shell/syntax-error.ts'
import { TestBox } from './engine-box.ts'
import { RealBusybox, type RealRun } from './real-busybox.ts'

const SWITCHES = ['--ast', '--trace', '--busybox']
const args = process.argv.slice(2)
const end = args.findIndex(arg => !SWITCHES.includes(arg))
const switches = new Set(end === -1 ? args : args.slice(0, end))
const line = end === -1 ? '' : args.slice(args[end] === '--' ? end + 1 : end).join(' ')
async function runOurs(command: string): Promise<RealRun> {
  const isTraced = switches.has('--trace')
  const box = await TestBox.open(new Map(), isTraced ? { watcher: tracer } : {})
  const ran = await box.run(command)
  process.stdout.write(ran.stdout)
  process.stderr.write(ran.stderr)
  if (ran.status !== 0) console.error(`[status ${ran.status}]`)
  return ran
}

function compare(ours: RealRun): void {
  const busybox = RealBusybox.open()
  if (!busybox) {
    console.error('try --busybox: needs root and a static busybox (Debian: apt-get install busybox-static)')
    return
  }
  busybox.refresh()
  const real = busybox.run(line, { seconds: 20 })
  busybox.close()
  const isSame = real.stdout === ours.stdout && real.stderr === ours.stderr && real.status === ours.status
  console.log(isSame ? '--- busybox: the same' : '--- busybox: differs')
  if (isSame) return
  for (const name of ['stdout', 'stderr'] as const) {
    if (real[name] !== ours[name]) console.log(`${name}:\n${difference(real[name], ours[name])}`)
  }
  if (real.status !== ours.status) console.log(`status: ${real.status} (real), ${ours.status} (ours)`)
}

/** `-` what the real one says, `+` what ours says. */
function difference(real: string, ours: string): string {
  const [a, b] = [real.split('\n'), ours.split('\n')]
  const rows: string[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === b[i]) rows.push(`  ${a[i]}`)
    else rows.push(...(a[i] === undefined ? [] : [`- ${a[i]}`]), ...(b[i] === undefined ? [] : [`+ ${b[i]}`]))
  }
  return rows.join('\n')
}

// --- the tree --------------------------------------------------------------------------------------------------------

function showTree(text: string): void {
  try {
    for (const command of parse(text, { dialect: 'ash' })) {
      show(command, '', '')
      console.log(`= ${print(command)}`)
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    console.log(`${error.message} (line ${error.line})`)
  }
}

/** A node in a line, its plain fields behind its kind, and what is under it further in. */
function show(node: object, label: string, indent: string): void {
  const entries = Object.entries(node).filter(([key]) => key !== 'kind' && key !== 'offset' && key !== 'line')
  const plain = entries.filter(([, value]) => typeof value !== 'object')
  const kind = 'kind' in node ? String(node.kind) : ''
  const place = 'line' in node && 'offset' in node ? ` @${String(node.line)}:${String(node.offset)}` : ''
  const fields = plain.map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('')
  console.log(`${indent}${label}${kind}${fields}${place}`)
  for (const [key, value] of entries) {
    if (Array.isArray(value)) for (const [at, each] of value.entries()) showChild(each, `${key}[${at}] `, indent)
    else showChild(value, `${key} `, indent)
  }
}

function showChild(value: unknown, label: string, indent: string): void {
  if (typeof value === 'object' && value !== null) show(value, label, `${indent}  `)
}

// --- system calls ----------------------------------------------------------------------------------------------------

const tracer: Watcher = {
  onStart: process => traceLine(process, 'starts'),
  onEnd: process => traceLine(process, `ends: ${shown(process.status ?? { exited: 0 })}`),
  intercept(call, proceed) {
    try {
      const answer = proceed()
      if (!(answer instanceof Promise)) return traced(call, answer)
      traceLine(call.process, `${callText(call)} ...`)
      return answer.then(
        value => traced(call, value),
        (error: unknown) => refused(call, error),
      )
    } catch (error) {
      return refused(call, error)
    }
  },
}

function traced<T>(call: SystemCall, answer: T): T {
  traceLine(call.process, `${callText(call)} = ${shown(answer)}`)
  return answer
}

function refused(call: SystemCall, error: unknown): never {
  const errno = error instanceof Error && 'errno' in error ? ` = ${String(error.errno)}` : ''
  traceLine(call.process, `${callText(call)}${errno}`)
  throw error
}

function callText({ name, args: given }: SystemCall): string {
  return `${name}(${given
    .filter(arg => arg !== undefined)
    .map(shown)
    .join(', ')})`
}

/** The first process only keeps the box open. */
function traceLine(proc: Process, text: string): void {
  if (proc.pid === 1) return
  console.log(`[${String(proc.pid).padStart(3)} ${proc.comm}] ${text}`)
}

function shown(value: unknown): string {
  if (value === undefined) return '0'
  if (value instanceof Uint8Array) {
    const text = JSON.stringify(decode(value.subarray(0, 60)))
    return value.length > 60 ? `${text}... ${value.length} bytes` : text
  }
  if (value instanceof Map) return `${value.size} variables`
  if (typeof value === 'function') return 'body'
  if (isProcess(value)) return `pid ${value.pid}`
  if (isStat(value)) return `${value.kind} ${value.mode.toString(8)} ${value.size} bytes`
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)) ?? '?'
}

function isProcess(value: unknown): value is Process {
  return typeof value === 'object' && value !== null && 'pid' in value && 'kernel' in value
}

function isStat(value: unknown): value is { kind: string; mode: number; size: number } {
  return typeof value === 'object' && value !== null && 'ino' in value && 'mode' in value && 'size' in value
}

if (line === '') {
  console.error("usage: npm run try -- [--ast] [--trace] [--busybox] 'a line of shell'")
  process.exitCode = 2
} else {
  if (switches.has('--ast')) showTree(line)
  const ours = await runOurs(line)
  if (switches.has('--busybox')) compare(ours)
  process.exitCode = ours.status
}
