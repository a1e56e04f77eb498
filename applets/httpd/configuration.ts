// httpd.conf, as busybox reads it: who may come, who must log in, types, pages and interpreters.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { Failure } from '../applet.ts'

interface AddressRule {
  readonly isAllowed: boolean
  readonly address: number
  readonly mask: number
}

export interface Login {
  readonly path: string
  readonly user: string
  /** In plain, or hashed by crypt(3). */
  readonly password: string
}

export interface Configuration {
  readonly rules: readonly AddressRule[]
  /** D:*: who is not allowed is denied. */
  readonly deniesAll: boolean
  readonly logins: readonly Login[]
  readonly index: string
  readonly types: ReadonlyMap<string, string>
  /** The file that is sent with a status. */
  readonly pages: ReadonlyMap<number, string>
  /** By ending, the program that is run with such a file. */
  readonly interpreters: ReadonlyMap<string, string>
  readonly home: string | undefined
}

const NONE: Configuration = {
  rules: [],
  deniesAll: false,
  logins: [],
  index: 'index.html',
  types: new Map(),
  pages: new Map(),
  interpreters: new Map(),
  home: undefined,
}

/** `path` named by -c must be there; else the first of /etc/httpd.conf and ./httpd.conf that is, if any. */
export async function readConfiguration(proc: Process, path: string | undefined): Promise<Configuration> {
  if (path !== undefined) {
    const text = contents(proc, path)
    if (text instanceof SysError) throw new Failure(`${path}: ${text.message}`)
    return parse(proc, path, text, NONE)
  }
  for (const usual of ['/etc/httpd.conf', 'httpd.conf']) {
    const text = contents(proc, usual)
    if (!(text instanceof SysError)) return parse(proc, usual, text, NONE)
  }
  return NONE
}

/** What the httpd.conf of a directory adds for what lies under it; logins are only in the first. */
export async function readMore(proc: Process, directory: string, before: Configuration): Promise<Configuration> {
  const path = `${directory}/httpd.conf`
  const text = contents(proc, path)
  return text instanceof SysError ? before : { ...(await parse(proc, path, text, before)), logins: before.logins }
}

/** Whether who comes from that address may (the first rule that fits it decides). */
export function isWelcome({ rules, deniesAll }: Configuration, address: number | undefined): boolean {
  const rule = rules.find(({ address: wanted, mask }) => ((address ?? 0) & mask) >>> 0 === wanted)
  return rule ? rule.isAllowed : !deniesAll
}

function contents(proc: Process, path: string): string | SysError {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error
  }
}

async function parse(proc: Process, path: string, text: string, before: Configuration): Promise<Configuration> {
  let configuration = before
  for (const line of text.split('\n')) {
    const bare = line.replace(/#.*/, '').replace(/\s/g, '')
    if (bare === '') continue
    const after = add(configuration, bare)
    if (after) configuration = after
    else await proc.stderr.line(`httpd: config error '${bare}' in '${path}'`)
  }
  return configuration
}

function add(before: Configuration, line: string): Configuration | undefined {
  const colon = line.indexOf(':')
  if (colon < 1) return undefined
  const name = line.slice(0, colon)
  const value = line.slice(colon + 1)
  if (value === '') return undefined
  if (name.startsWith('/')) return addLogin(before, name, value)
  if (name.startsWith('.')) return { ...before, types: new Map(before.types).set(name.slice(1), value) }
  if (name.startsWith('*.')) {
    return { ...before, interpreters: new Map(before.interpreters).set(name.slice(2), value) }
  }
  if (/^[Ee]\d{3}$/.test(name)) return { ...before, pages: new Map(before.pages).set(Number(name.slice(1)), value) }
  switch (name.toUpperCase()) {
    case 'A':
    case 'D':
      return addRule(before, value, name.toUpperCase() === 'A')
    case 'I':
      return { ...before, index: value }
    case 'H':
      return { ...before, home: value }
    default:
      return undefined
  }
}

function addLogin(before: Configuration, path: string, value: string): Configuration | undefined {
  const colon = value.indexOf(':')
  if (colon === -1) return undefined
  const login = { path, user: value.slice(0, colon), password: value.slice(colon + 1) }
  return { ...before, logins: [...before.logins, login] }
}

/** `172.20.`, `10.0.0.0/8`, `192.168.1.0/255.255.255.0`, `*`. */
function addRule(before: Configuration, value: string, isAllowed: boolean): Configuration | undefined {
  if (value === '*' || value === '0.0.0.0/0') return isAllowed ? before : { ...before, deniesAll: true }
  const [text = '', bits] = value.split('/')
  const parts = text.split('.').filter(part => part !== '')
  if (parts.length > 4 || parts.some(part => !/^\d+$/.test(part) || Number(part) > 255)) return undefined
  const mask = bits === undefined ? maskOf(8 * parts.length) : bits.includes('.') ? number(bits) : maskOf(Number(bits))
  if (Number.isNaN(mask)) return undefined
  return { ...before, rules: [...before.rules, { isAllowed, address: number(text), mask }] }
}

function maskOf(bits: number): number {
  return bits === 0 ? 0 : (0xffff_ffff << (32 - bits)) >>> 0
}

function number(text: string): number {
  const parts = text.split('.').filter(part => part !== '')
  return [0, 1, 2, 3].reduce((value, at) => value * 256 + Number(parts[at] ?? 0), 0)
}
