// The columns of `ps` (procps), for `top`: docker runs the host's ps with the options it is given.

import type { ProcessRow } from '../engine/handle.ts'
import { Refusal } from './context.ts'

interface Column {
  readonly heading: string
  readonly text: (row: ProcessRow, around: Around) => string
}

interface Around {
  readonly now: number
  /** Bytes of memory that the container may use. */
  readonly memory: number
}

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { heading: 'PID', text: row => String(row.pid) },
  ppid: { heading: 'PPID', text: row => String(row.ppid) },
  pgid: { heading: 'PGID', text: row => String(row.pgid) },
  sid: { heading: 'SID', text: row => String(row.sid) },
  user: { heading: 'USER', text: row => row.user },
  uid: { heading: 'UID', text: row => String(row.uid) },
  gid: { heading: 'GID', text: row => String(row.gid) },
  c: { heading: 'C', text: (row, { now }) => String(Math.floor(share(row, now))) },
  pcpu: { heading: '%CPU', text: (row, { now }) => share(row, now).toFixed(1) },
  pmem: { heading: '%MEM', text: (row, { memory }) => ((100 * row.memory) / memory).toFixed(1) },
  vsz: { heading: 'VSZ', text: row => String(Math.ceil(row.memory / 1024)) },
  rss: { heading: 'RSS', text: row => String(Math.ceil(row.memory / 1024)) },
  tty: { heading: 'TT', text: row => row.terminal },
  tname: { heading: 'TTY', text: row => row.terminal },
  stat: { heading: 'STAT', text: stateText },
  s: { heading: 'S', text: row => row.state },
  stime: { heading: 'STIME', text: (row, { now }) => startText(row.startedAt, now) },
  start: { heading: 'START', text: (row, { now }) => startText(row.startedAt, now) },
  time: { heading: 'TIME', text: row => clockText(row.cpu) },
  bsdtime: { heading: 'TIME', text: row => minutesText(row.cpu) },
  etime: { heading: 'ELAPSED', text: (row, { now }) => elapsedText(now - row.startedAt) },
  etimes: { heading: 'ELAPSED', text: (row, { now }) => String(Math.floor((now - row.startedAt) / 1000)) },
  ni: { heading: 'NI', text: () => '0' },
  nlwp: { heading: 'NLWP', text: () => '1' },
  comm: { heading: 'COMMAND', text: row => row.comm },
  args: { heading: 'COMMAND', text: row => row.command },
  cmd: { heading: 'CMD', text: row => row.command },
}

const SAME: Readonly<Record<string, string>> = {
  pgrp: 'pgid',
  sess: 'sid',
  session: 'sid',
  euser: 'user',
  uname: 'user',
  euid: 'uid',
  egid: 'gid',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  vsize: 'vsz',
  rssize: 'rss',
  tt: 'tty',
  state: 's',
  cputime: 'time',
  nice: 'ni',
  thcount: 'nlwp',
  ucmd: 'comm',
  ucomm: 'comm',
  command: 'args',
}

const FULL = 'user=UID,pid,ppid,c,stime,tname,time,cmd'
const USERS = 'user,pid,pcpu,pmem,vsz,rss,tname,stat,start,bsdtime=TIME,args'
const PLAIN = 'pid,tname,stat,bsdtime=TIME,args'

export interface ProcessTable {
  readonly headings: readonly string[]
  readonly row: (row: ProcessRow, around: Around) => string[]
}

/** Which columns the options ask for; every process is one of the container's, so what selects them changes nothing. */
export function processTable(options: readonly string[]): ProcessTable {
  const columns = layout(options).flatMap(list => list.split(/[,\s]+/).filter(name => name !== ''))
  const chosen = columns.map(chosenColumn)
  if (!chosen.some(({ heading }) => heading === 'PID')) throw new Refusal("Couldn't find PID field in ps output")
  return {
    headings: chosen.map(({ heading }) => heading),
    row: (row, around) => chosen.map(({ text }) => text(row, around)),
  }
}

function layout(options: readonly string[]): string[] {
  if (options.length === 0) return [FULL]
  const lists: string[] = []
  let standard = PLAIN
  for (let at = 0; at < options.length; at++) {
    const option = options[at] ?? ''
    const word = /^(-?)([a-zA-Z]+)$/.exec(option)
    if (!word) throw new Refusal(`ps: error: unsupported option ${option}`)
    const [, dash, letters = ''] = word
    for (const [index, letter] of [...letters].entries()) {
      if (letter === 'o') {
        const rest = letters.slice(index + 1)
        lists.push(rest === '' ? (options[++at] ?? '') : rest)
        break
      }
      if (letter === 'f' && dash) standard = FULL
      else if (letter === 'u' && !dash) standard = USERS
      else if (!'eAaxdTwW'.includes(letter)) throw new Refusal(`ps: error: unsupported option ${option}`)
    }
  }
  return lists.length > 0 ? lists : [standard]
}

function chosenColumn(text: string): Column {
  const [name = '', heading] = text.split('=')
  const column = COLUMNS[SAME[name] ?? name]
  if (!column) throw new Refusal(`ps: error: unknown user-defined format specifier "${name}"`)
  return heading === undefined ? column : { ...column, heading }
}

function share({ cpu, startedAt }: ProcessRow, now: number): number {
  return (100 * cpu) / Math.max(1, now - startedAt)
}

/** ps(1): a session's leader, and the foreground of its terminal. */
function stateText({ state, pid, sid, isForeground }: ProcessRow): string {
  return `${state}${pid === sid ? 's' : ''}${isForeground ? '+' : ''}`
}

/** The time of day; the date for what began on another day. */
function startText(startedAt: number, now: number): string {
  const [start, today] = [startedAt, now].map(time => new Date(time).toISOString())
  if (start?.slice(0, 10) === today?.slice(0, 10)) return start?.slice(11, 16) ?? ''
  return `${new Date(startedAt).toUTCString().slice(8, 11)}${start?.slice(8, 10)}`
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(part => two(Math.floor(part))).join(':')
}

function minutesText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [days, hours] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24]
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return days > 0 ? `${days}-${two(hours)}:${rest}` : hours > 0 ? `${two(hours)}:${rest}` : rest
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
