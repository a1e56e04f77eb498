import type { Process } from '../../kernel/process.ts'
import { UsageError } from '../../lib/options.ts'
import { applet, Failure } from '../applet.ts'
import { INTERFACE } from '../network/interface.ts'
import { addressLines, type Family, linkLines } from './show.ts'

const OBJECTS = ['address', 'route', 'link', 'tunnel', 'tunl', 'neighbor', 'rule'] as const
type Name = (typeof OBJECTS)[number]

/** The names that are ip with an object already said. */
const SHORT: Readonly<Record<string, Name>> = {
  ipaddr: 'address',
  iplink: 'link',
  iproute: 'route',
  iprule: 'rule',
  ipneigh: 'neighbor',
  iptunnel: 'tunnel',
}

interface Asked {
  readonly proc: Process
  readonly family: Family | undefined
  readonly isOneLine: boolean
  /** What follows the object. */
  readonly words: readonly string[]
}

/** ip, as in busybox, of a box that has the loopback device and empty tables. What would change them is refused. */
export default applet({
  name: 'ip',
  aliases: Object.keys(SHORT),
  about: 'Show interfaces, addresses, routes and rules (there is lo, and nothing can be changed)',
  operands: '[-4|-6|-0|-f inet|inet6|link] [-o] address|route|link|tunnel|neigh|rule [ARGS]',
  raw: true,
  async main({ proc }) {
    const called = (proc.argv[0] ?? '').replace(/.*\//, '')
    const short = SHORT[called]
    const { family, isOneLine, rest } = readFlags(proc.argv.slice(1))
    const [word, ...words] = short === undefined ? rest : [short, ...rest]
    const name = word === undefined ? undefined : object(word)
    if (name === undefined) throw new UsageError('')
    return RUN[name]({ proc, family, isOneLine, words })
  },
})

function readFlags(args: readonly string[]) {
  let family: Family | undefined
  let isOneLine = false
  let at = 0
  for (; args[at]?.startsWith('-'); at++) {
    const word = args[at]?.replace(/^--?/, '-') ?? ''
    if (word === '-4' || word === '-6' || word === '-0') {
      family = word === '-4' ? 'inet' : word === '-6' ? 'inet6' : 'link'
    } else if (isStart(word, '-oneline', 2)) isOneLine = true
    else if (isStart(word, '-family', 2)) {
      const given = args[++at]
      if (given !== 'inet' && given !== 'inet6' && given !== 'link') throw new UsageError('')
      family = given
    } else throw new UsageError('')
  }
  return { family, isOneLine, rest: args.slice(at) }
}

function isStart(word: string, whole: string, least: number): boolean {
  return word.length >= least && whole.startsWith(word)
}

/** Each may be cut short: `a`, `addr`, `r`, `neigh`. */
function object(word: string): Name | undefined {
  return word === '' ? undefined : OBJECTS.find(name => name.startsWith(word))
}

const RUN: Readonly<Record<Name, (asked: Asked) => Promise<number>>> = {
  address: runAddress,
  link: runLink,
  route: runRoute,
  neighbor: asked => (isList(asked.words[0], ['show', 'list', 'flush']) ? done() : refuseWord(asked.words[0])),
  rule: runRule,
  tunnel: asked => runTunnel(asked),
  tunl: asked => runTunnel(asked),
}

async function done(): Promise<number> {
  return 0
}

function refuseWord(word: string | undefined): never {
  throw new Failure(`invalid argument '${word}' to 'ip'`)
}

function refused(errno: string): Failure {
  return new Failure(`RTNETLINK answers: ${errno}`, 2)
}

function isList(word: string | undefined, names: readonly string[]): boolean {
  return word === undefined || names.some(name => name.startsWith(word))
}

/** `[dev] IFACE` and `to PREFIX` after `show`. */
function wanted(
  words: readonly string[],
  status = 1,
): { readonly device: string | undefined; readonly to: string | undefined } {
  let device: string | undefined
  let to: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === 'up') continue
    if (word === 'to' || word === 'dev' || word === 'scope' || word === 'label') {
      const value = words[++at]
      if (value === undefined) throw new Failure(`command line is not complete, try "help"`)
      if (word === 'to') to = value
      if (word === 'dev') device = value
    } else device = word
  }
  if (device !== undefined && device !== INTERFACE) throw new Failure(`can't find device '${device}'`, status)
  return { device, to }
}

async function runAddress({ proc, family, isOneLine, words }: Asked): Promise<number> {
  const [verb, ...rest] = words
  if (isList(verb, ['show', 'list', 'lst'])) {
    const { to } = wanted(rest)
    await proc.stdout.write(addressLines({ family, isOneLine, to }))
    return 0
  }
  if (!['add', 'change', 'replace', 'delete', 'del', 'flush'].includes(verb ?? '')) return refuseWord(verb)
  const at = rest.indexOf('dev')
  const device = at === -1 ? undefined : rest[at + 1]
  if (at !== -1 && device === undefined) throw new Failure('command line is not complete, try "help"')
  if (device === undefined) throw new Failure('need "dev IFACE"')
  if (device !== INTERFACE) throw new Failure(`can't find device '${device}'`)
  if (proc.credentials.euid === 0 && verb?.startsWith('del')) throw refused('Cannot assign requested address')
  throw refused('Operation not permitted')
}

async function runLink({ proc, isOneLine, words }: Asked): Promise<number> {
  const [verb, ...rest] = words
  if (isList(verb, ['show', 'list', 'lst'])) {
    wanted(rest, 2)
    await proc.stdout.write(linkLines(isOneLine))
    return 0
  }
  if (verb === 'add') throw refused('Operation not supported')
  if (verb === 'del' || verb === 'delete') throw refused('Operation not supported')
  if (verb !== 'set') return refuseWord(verb)
  const [device, ...settings] = rest.filter(word => word !== 'dev')
  if (device === undefined) throw new Failure('"dev" requires an argument')
  if (device !== INTERFACE) throw new Failure('SIOCGIFFLAGS: No such device', 2)
  if (settings.every(word => word === 'up')) return 0
  throw new Failure('SIOCSIFFLAGS: Operation not permitted', 2)
}

/** The table of the loopback device alone is empty: /proc/net/route has no line either. */
async function runRoute({ words }: Asked): Promise<number> {
  const [verb, ...rest] = words
  if (isList(verb, ['show', 'list', 'lst', 'flush'])) return 0
  if (verb === 'get') {
    if (/^(127\.|::1$)/.test(rest[0] ?? '')) throw refused('Operation not supported')
    throw refused('Network is unreachable')
  }
  if (verb === 'del' || verb === 'delete') throw refused('No such process')
  if (['add', 'append', 'change', 'replace', 'prepend', 'test'].includes(verb ?? '')) {
    throw refused('Network is unreachable')
  }
  return refuseWord(verb)
}

async function runRule({ proc, family, words }: Asked): Promise<number> {
  const [verb] = words
  if (isList(verb, ['show', 'list', 'lst'])) {
    const tables = family === 'inet6' ? ['local', 'main'] : ['local', 'main', 'default']
    const numbers = [0, 32766, 32767]
    for (const [at, table] of tables.entries()) await proc.stdout.line(`${numbers[at]}:\tfrom all lookup ${table} `)
    return 0
  }
  if (!['add', 'del', 'delete'].includes(verb ?? '')) return refuseWord(verb)
  throw refused('Operation not permitted')
}

async function runTunnel({ words: [verb] }: Asked): Promise<number> {
  if (isList(verb, ['show', 'list', 'lst'])) return 0
  if (!['add', 'change', 'replace', 'del', 'delete'].includes(verb ?? '')) return refuseWord(verb)
  throw new Failure('ioctl 0x89f1 failed: No such device')
}
