import type { Terminal } from '../kernel/terminal.ts'
import { makeRaw, SANE, type Termios } from '../kernel/termios.ts'
import { applet, Failure } from './applet.ts'

const FLAGS = [
  'icrnl',
  'inlcr',
  'igncr',
  'ixon',
  'opost',
  'onlcr',
  'isig',
  'icanon',
  'iexten',
  'echo',
  'echoe',
  'echok',
  'echonl',
  'echoctl',
  'noflsh',
  'tostop',
] as const
const KEYS = [
  'intr',
  'quit',
  'erase',
  'kill',
  'eof',
  'eol',
  'start',
  'stop',
  'susp',
  'werase',
  'lnext',
  'rprnt',
] as const

export default applet({
  name: 'stty',
  about: "Show or set a terminal's modes",
  operands: '[-a|-g] [-F DEVICE] [SETTING]...',
  raw: true,
  async main({ proc, operands }) {
    let fd = 0
    const words = [...operands]
    const device = words.indexOf('-F')
    const name = device === -1 ? 'standard input' : (words[device + 1] ?? '')
    if (device !== -1) {
      fd = await proc.open(words[device + 1] ?? '', { read: true, nonBlocking: true })
      words.splice(device, 2)
    }
    const terminal = proc.terminal(fd)
    if (!terminal) throw new Failure(`${name}: Inappropriate ioctl for device`)
    if (words.length === 0 || words[0] === '-a')
      return void (await proc.stdout.write(describe(terminal, words[0] === '-a')))
    if (words[0] === '-g') return void (await proc.stdout.line(save(terminal.termios)))
    if (words[0] === 'size') return void (await proc.stdout.line(`${terminal.size.rows} ${terminal.size.columns}`))
    if (words[0] === 'speed') return void (await proc.stdout.line(String(terminal.termios.speed)))
    while (words.length > 0) apply(terminal, words)
  },
})

function apply(terminal: Terminal, words: string[]): void {
  const word = words.shift()!
  const isOff = word.startsWith('-')
  const name = isOff ? word.slice(1) : word
  const { termios } = terminal
  const flag = FLAGS.find(known => known === name)
  if (flag) return terminal.setTermios({ ...termios, [flag]: !isOff })
  const key = KEYS.find(known => known === name)
  if (key)
    return terminal.setTermios({
      ...termios,
      characters: { ...termios.characters, [key]: readKey(words.shift() ?? '') },
    })
  switch (word) {
    case 'raw':
    case '-cooked':
      return terminal.setTermios(makeRaw(termios))
    case 'cooked':
    case '-raw':
      return terminal.setTermios({
        ...termios,
        icrnl: true,
        ixon: true,
        opost: true,
        isig: true,
        icanon: true,
        iexten: true,
      })
    case 'sane':
      return terminal.setTermios(SANE)
    case 'cbreak':
      return terminal.setTermios({ ...termios, icanon: false })
    case '-cbreak':
      return terminal.setTermios({ ...termios, icanon: true })
    case 'nl':
      return terminal.setTermios({ ...termios, icrnl: false, onlcr: false })
    case '-nl':
      return terminal.setTermios({ ...termios, icrnl: true, onlcr: true })
    case 'rows':
    case 'cols':
    case 'columns': {
      const number = Number(words.shift())
      if (!Number.isInteger(number)) throw new Failure(`invalid argument '${word}'`)
      return terminal.setSize(
        word === 'rows' ? { ...terminal.size, rows: number } : { ...terminal.size, columns: number },
      )
    }
    case 'min':
    case 'time':
      return terminal.setTermios({ ...termios, characters: { ...termios.characters, [word]: Number(words.shift()) } })
  }
  if (!restore(terminal, word)) throw new Failure(`invalid argument '${word}'`)
}

/** What -g prints: the flags as digits and the characters in hexadecimal. */
function save(termios: Termios): string {
  const flags = FLAGS.map(name => (termios[name] ? '1' : '0')).join('')
  const keys = [...KEYS, 'min', 'time'] as const
  return [flags, ...keys.map(name => termios.characters[name].toString(16))].join(':')
}

function restore(terminal: Terminal, text: string): boolean {
  const [flags = '', ...keys] = text.split(':')
  if (flags.length !== FLAGS.length || keys.length !== KEYS.length + 2) return false
  const names = [...KEYS, 'min', 'time'] as const
  const characters = {
    ...terminal.termios.characters,
    ...Object.fromEntries(names.map((name, i) => [name, Number.parseInt(keys[i] ?? '0', 16)])),
  }
  terminal.setTermios({
    ...terminal.termios,
    ...Object.fromEntries(FLAGS.map((name, i) => [name, flags[i] === '1'])),
    characters,
  })
  return true
}

function readKey(text: string): number {
  if (text === '^-' || text === 'undef') return 0
  if (text === '^?') return 127
  if (text.startsWith('^') && text.length === 2) return text.toUpperCase().charCodeAt(1) & 31
  return text.charCodeAt(0) || 0
}

function showKey(code: number): string {
  if (code === 0) return '<undef>'
  if (code === 127) return '^?'
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : String.fromCharCode(code)
}

function describe({ termios, size }: Terminal, isWhole: boolean): string {
  const flags = FLAGS.filter(name => isWhole || termios[name] !== SANE[name]).map(name =>
    termios[name] ? name : `-${name}`,
  )
  if (!isWhole) return `speed ${termios.speed} baud;\n${flags.length > 0 ? `${flags.join(' ')}\n` : ''}`
  const keys = KEYS.map(name => `${name} = ${showKey(termios.characters[name])};`)
  return `speed ${termios.speed} baud; rows ${size.rows}; columns ${size.columns}; line = 0;\n${keys.join(' ')}\n${flags.join(' ')}\n`
}
