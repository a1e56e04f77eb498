// The texts of /proc, in Linux's formats (proc(5)).

import { SysError } from '../errno.ts'
import type { Kernel } from '../kernel.ts'
import { FIRST_UNPRIVILEGED_PORT } from '../net/network.ts'
import { NETWORK_FILES } from '../net/proc-net.ts'
import type { Process, ProcessState } from '../process.ts'
import { RESOURCES, type Resource } from '../resource-limits.ts'
import type { Signal } from '../signal.ts'

/** Clock ticks a second (_SC_CLK_TCK). */
const HZ = 100
const PAGE = 4096
/** As mountinfo numbers mounts; what is no file is on one that it does not list. */
const FIRST_MOUNT = 20
const PIPE_MOUNT = 15

export const OS_RELEASE = '6.1.0-cowbox'
export const OS_VERSION = '#1 SMP'

/** By path under /proc. */
export const KERNEL_FILES: ReadonlyMap<string, (kernel: Kernel) => string> = new Map<
  string,
  (kernel: Kernel) => string
>([
  ['meminfo', meminfo],
  ['cpuinfo', cpuinfo],
  ['uptime', uptime],
  ['loadavg', loadavg],
  ['version', () => `Linux version ${OS_RELEASE} (cowbox) ${OS_VERSION}\n`],
  ['stat', kernelStat],
  ['filesystems', () => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n'],
  ['partitions', () => 'major minor  #blocks  name\n\n'],
  ['cmdline', () => 'BOOT_IMAGE=cowbox\n'],
  ['swaps', () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'],
  ['sys/kernel/hostname', kernel => `${kernel.hostname}\n`],
  ['sys/kernel/domainname', () => '(none)\n'],
  ['sys/kernel/osrelease', () => `${OS_RELEASE}\n`],
  ['sys/kernel/ostype', () => 'Linux\n'],
  ['sys/kernel/version', () => `${OS_VERSION}\n`],
  ['sys/kernel/pid_max', () => '4194304\n'],
  ['sys/kernel/threads-max', kernel => `${kernel.limits.processes}\n`],
  ['sys/kernel/random/uuid', kernel => `${uuid(kernel.host.random(16))}\n`],
  ['sys/kernel/random/boot_id', kernel => `${kernel.bootId}\n`],
  ['sys/fs/file-max', () => '9223372036854775807\n'],
  ['sys/net/ipv4/ip_unprivileged_port_start', () => `${FIRST_UNPRIVILEGED_PORT}\n`],
  ...[...NETWORK_FILES].map(
    ([name, text]) => [`net/${name}`, (kernel: Kernel) => text(kernel.network)] satisfies [string, unknown],
  ),
])

export const PROCESS_FILES: ReadonlyMap<string, (process: Process) => string> = new Map<
  string,
  (process: Process) => string
>([
  ['cmdline', process => (process.status ? '' : process.argv.map(word => `${word}\0`).join(''))],
  ['comm', process => `${process.comm}\n`],
  ['environ', process => [...process.env].map(([name, value]) => `${name}=${value}\0`).join('')],
  ['stat', processStat],
  ['statm', process => `${pages(process)} ${pages(process)} 0 0 0 ${pages(process)} 0\n`],
  ['status', processStatus],
  ['mounts', process => mounts(process.kernel)],
  ['mountinfo', process => mountinfo(process.kernel)],
  ['limits', limits],
  ['maps', () => ''],
  ['cgroup', () => '0::/\n'],
  ['uid_map', () => ID_MAP],
  ['gid_map', () => ID_MAP],
  ['oom_score', process => `${Math.floor((1000 * process.memory) / process.kernel.limits.memory)}\n`],
  ['wchan', process => process.waitsFor[0]?.replace(/ /g, '_') ?? '0'],
])

/** Every id is itself. */
const ID_MAP = `${[0, 0, 4294967295].map(id => String(id).padStart(10)).join(' ')}\n`

function meminfo(kernel: Kernel): string {
  const total = Math.floor(kernel.limits.memory / 1024)
  const free = Math.max(0, total - Math.floor(kernel.memory / 1024))
  const rows: [string, number][] = [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', free],
    ['Buffers', 0],
    ['Cached', 0],
    ['SwapCached', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Shmem', 0],
    ['SReclaimable', 0],
  ]
  return rows.map(([name, value]) => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`).join('')
}

function cpuinfo(): string {
  return [
    'processor\t: 0',
    'vendor_id\t: cowbox',
    'model name\t: JavaScript',
    'cpu MHz\t\t: 1000.000',
    'flags\t\t:',
    '',
    '',
  ].join('\n')
}

function loadavg(kernel: Kernel): string {
  const all = [...kernel.processes.values()]
  const running = all.filter(process => process.state === 'running').length
  const loads = kernel.load.averages(kernel.host.now()).map(load => load.toFixed(2))
  return `${loads.join(' ')} ${running}/${all.length} ${kernel.lastPid}\n`
}

function uptime(kernel: Kernel): string {
  const { up, idle } = times(kernel)
  return `${seconds(up)} ${seconds(idle)}\n`
}

function times(kernel: Kernel): { readonly up: number; readonly busy: number; readonly idle: number } {
  let busy = kernel.reapedCpu
  for (const process of kernel.processes.values()) busy += process.cpu
  const up = kernel.clock.now() - kernel.bootedAt
  return { up, busy, idle: Math.max(0, up - busy) }
}

function kernelStat(kernel: Kernel): string {
  const { busy, idle } = times(kernel)
  const cpu = `${ticks(busy)} 0 0 ${ticks(idle)} 0 0 0 0 0 0`
  const running = [...kernel.processes.values()].filter(process => process.state === 'running').length
  return [
    `cpu  ${cpu}`,
    `cpu0 ${cpu}`,
    'intr 0',
    `ctxt ${kernel.switches}`,
    `btime ${Math.floor(kernel.bootedAt / 1000)}`,
    `processes ${kernel.lastPid}`,
    `procs_running ${running}`,
    'procs_blocked 0',
    '',
  ].join('\n')
}

const LETTERS: Readonly<Record<ProcessState, string>> = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z' }

function processStat(process: Process): string {
  const { kernel } = process
  const terminal = process.controllingTerminal
  const tty = terminal ? 136 * 256 + Number(terminal.name.replace(/\D/g, '')) : 0
  const fields = [
    process.pid,
    `(${process.comm})`,
    LETTERS[process.state],
    process.ppid,
    process.pgid,
    process.sid,
    tty,
    terminal?.foreground ?? -1,
    0,
    0,
    0,
    0,
    0,
    ticks(process.cpu),
    0,
    0,
    0,
    20,
    0,
    1,
    0,
    ticks(process.startedAt - kernel.bootedAt),
    process.memory,
    pages(process),
    '18446744073709551615',
    ...Array.from({ length: 27 }, () => 0),
  ]
  return `${fields.join(' ')}\n`
}

const STATE_WORDS: Readonly<Record<ProcessState, string>> = {
  running: 'R (running)',
  sleeping: 'S (sleeping)',
  stopped: 'T (stopped)',
  zombie: 'Z (zombie)',
}

function processStatus(process: Process): string {
  const { uid, euid, suid, gid, egid, sgid, groups } = process.credentials
  const kilobytes = `${Math.floor(process.memory / 1024)} kB`
  const rows: [string, string | number][] = [
    ['Name', process.comm],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', STATE_WORDS[process.state]],
    ['Tgid', process.pid],
    ['Ngid', 0],
    ['Pid', process.pid],
    ['PPid', process.ppid],
    ['TracerPid', 0],
    ['Uid', [uid, euid, suid, euid].join('\t')],
    ['Gid', [gid, egid, sgid, egid].join('\t')],
    [
      'FDSize',
      Math.max(64, 2 ** Math.ceil(Math.log2(1 + Math.max(0, ...[...process.fds.entries()].map(([fd]) => fd))))),
    ],
    ['Groups', `${groups.join(' ')} `],
    ['VmSize', kilobytes],
    ['VmRSS', kilobytes],
    ['Threads', 1],
    ['SigPnd', mask(process.signals.pending)],
    ['SigBlk', mask(process.signals.blocked)],
    ['SigIgn', mask(process.signals.numbers('ignored'))],
    ['SigCgt', mask(process.signals.numbers('caught'))],
  ]
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('')
}

function mounts(kernel: Kernel): string {
  return kernel.mounts.all
    .map(({ fs, path, readOnly }) => `${fs.source} ${path} ${fs.type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('')
}

function mountinfo(kernel: Kernel): string {
  return kernel.mounts.all
    .map(({ fs, path, readOnly }, index) => {
      const access = readOnly ? 'ro' : 'rw'
      return `${FIRST_MOUNT + index} ${index === 0 ? 1 : FIRST_MOUNT} 0:${fs.dev} / ${path} ${access},relatime - ${fs.type} ${fs.source} ${access}\n`
    })
    .join('')
}

const LIMIT_WORDS: Readonly<Record<Resource, readonly [name: string, units: string]>> = {
  cpu: ['cpu time', 'seconds'],
  fsize: ['file size', 'bytes'],
  data: ['data size', 'bytes'],
  stack: ['stack size', 'bytes'],
  core: ['core file size', 'bytes'],
  rss: ['resident set', 'bytes'],
  nproc: ['processes', 'processes'],
  nofile: ['open files', 'files'],
  memlock: ['locked memory', 'bytes'],
  as: ['address space', 'bytes'],
  locks: ['file locks', 'locks'],
  sigpending: ['pending signals', 'signals'],
  msgqueue: ['msgqueue size', 'bytes'],
  nice: ['nice priority', ''],
  rtprio: ['realtime priority', ''],
  rttime: ['realtime timeout', 'us'],
}

function limits({ resourceLimits }: Process): string {
  const line = (name: string, soft: string, hard: string, units: string) =>
    `${name.padEnd(26)}${soft.padEnd(21)}${hard.padEnd(21)}${units.padEnd(10)}\n`
  const value = (limit: number) => (limit === Number.POSITIVE_INFINITY ? 'unlimited' : String(limit))
  const rows = RESOURCES.map(resource => {
    const [name, units] = LIMIT_WORDS[resource]
    const { soft, hard } = resourceLimits.get(resource)
    return line(`Max ${name}`, value(soft), value(hard), units)
  })
  return line('Limit', 'Soft Limit', 'Hard Limit', 'Units') + rows.join('')
}

const O_APPEND = 0o2000
const O_NONBLOCK = 0o4000
const O_LARGEFILE = 0o100000
const O_CLOEXEC = 0o2000000

/** /proc/PID/fdinfo/FD. ENOENT when it was closed meanwhile. */
export function descriptorText({ kernel, fds }: Process, fd: number): string {
  if (!fds.has(fd)) throw new SysError('ENOENT')
  const description = fds.get(fd)
  const { dev, ino, kind } = description.stat()
  const access = description.writable ? (description.readable ? 2 : 1) : 0
  const flags =
    access |
    (description.append ? O_APPEND : 0) |
    (description.nonBlocking ? O_NONBLOCK : 0) |
    (kind === 'fifo' ? 0 : O_LARGEFILE) |
    (fds.isClosedOnExec(fd) ? O_CLOEXEC : 0)
  const mount = kernel.mounts.all.findIndex(({ fs }) => fs.dev === dev)
  return [
    `pos:\t${kind === 'file' ? description.seek(0, 'current') : 0}`,
    `flags:\t0${flags.toString(8)}`,
    `mnt_id:\t${mount === -1 ? PIPE_MOUNT : FIRST_MOUNT + mount}`,
    `ino:\t${ino}`,
    '',
  ].join('\n')
}

function mask(signals: Iterable<Signal>): string {
  let bits = 0n
  for (const signal of signals) bits |= 1n << BigInt(signal - 1)
  return bits.toString(16).padStart(16, '0')
}

function uuid(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte, i) => {
    const fixed = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte
    return fixed.toString(16).padStart(2, '0')
  }).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

function ticks(ms: number): number {
  return Math.max(0, Math.floor((ms * HZ) / 1000))
}

function pages(process: Process): number {
  return Math.ceil(process.memory / PAGE)
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2)
}
