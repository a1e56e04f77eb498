// How stty tells of a terminal.

import type { Terminal } from '../kernel/terminal.ts'
import { CHARACTERS, type Character, FLAGS, type Flag, type FlagGroup, type Termios } from '../kernel/termios.ts'

/** By the names that stty has for them, in its order. */
export const KEYS: readonly (readonly [name: string, character: Character])[] = [
  ['intr', 'intr'],
  ['quit', 'quit'],
  ['erase', 'erase'],
  ['kill', 'kill'],
  ['eof', 'eof'],
  ['eol', 'eol'],
  ['eol2', 'eol2'],
  ['swtch', 'swtch'],
  ['start', 'start'],
  ['stop', 'stop'],
  ['susp', 'susp'],
  ['rprnt', 'rprnt'],
  ['werase', 'werase'],
  ['lnext', 'lnext'],
  ['flush', 'discard'],
]

// Object.keys forgets that these are all the flags.
export const FLAG_NAMES = Object.keys(FLAGS) as Flag[]

/** What `sane` switches on, and off; the rest it leaves alone. */
export const SANE_ON: readonly Flag[] = [
  ...(['cread', 'brkint', 'icrnl', 'imaxbel', 'opost', 'onlcr', 'isig', 'icanon', 'iexten'] as const),
  ...(['echo', 'echoe', 'echok', 'echoctl', 'echoke'] as const),
]
export const SANE_OFF: readonly Flag[] = [
  ...(['ignbrk', 'inlcr', 'igncr', 'ixoff', 'iuclc', 'ixany', 'iutf8', 'olcuc', 'ocrnl', 'onocr', 'onlret'] as const),
  ...(['ofill', 'ofdel', 'tab3', 'echonl', 'noflsh', 'xcase', 'tostop', 'echoprt', 'flusho', 'extproc'] as const),
]

const GROUPS: readonly FlagGroup[] = ['control', 'input', 'output', 'local']

/** All of it, or only what differs from `sane`. */
export function describeTerminal({ termios, size }: Terminal, { isWhole }: { readonly isWhole: boolean }): string {
  const place = isWhole ? [`rows ${size.rows};`, `columns ${size.columns};`] : []
  const keys = KEYS.map(([name, character]) => `${name} = ${showKey(termios.characters[character])};`)
  const counts = [`min = ${termios.characters.min};`, `time = ${termios.characters.time};`]
  const groups = GROUPS.map(group =>
    FLAG_NAMES.filter(name => FLAGS[name][0] === group && (isWhole || isOdd(termios, name))),
  )
  const flags = groups.map((names, i) => names.flatMap(name => showFlag(termios, name, isWhole && i === 0)))
  if (isWhole)
    flags[2] = [...flags[2]!.filter(word => !word.startsWith('-tab') && !word.startsWith('tab')), ...delays(termios)]
  const rows = [[`speed ${termios.speed} baud;`, ...place, 'line = 0;'], [...keys, ...counts], ...flags]
  return rows.map(words => wrapped(words, size.columns)).join('')
}

function isOdd(termios: Termios, name: Flag): boolean {
  return (SANE_ON.includes(name) && !termios[name]) || (SANE_OFF.includes(name) && termios[name])
}

function showFlag(termios: Termios, name: Flag, hasSize: boolean): string[] {
  const shown = termios[name] ? name : `-${name}`
  return hasSize && name === 'cmspar' ? [shown, `cs${termios.characterSize}`] : [shown]
}

function delays(termios: Termios): string[] {
  return ['nl0', 'cr0', termios.tab3 ? 'tab3' : 'tab0', 'bs0', 'vt0', 'ff0']
}

/** Lines shorter than the terminal is wide, each with its newline. */
function wrapped(words: readonly string[], columns: number): string {
  let text = ''
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length >= Math.max(columns, 1)) {
      text += `${line}\n`
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? text : `${text}${line}\n`
}

function showKey(code: number): string {
  if (code === 0) return '<undef>'
  if (code >= 128) return `M-${showKey(code - 128)}`
  if (code === 127) return '^?'
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : String.fromCharCode(code)
}

/** Linux's codes of the speeds (asm-generic/termbits.h). */
export const SPEEDS: ReadonlyMap<number, number> = new Map([
  ...[0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400].map(
    (speed, code) => [speed, code] as const,
  ),
  ...[57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000].map(
    (speed, index) => [speed, 0o10001 + index] as const,
  ),
])

const SAVED_GROUPS: readonly FlagGroup[] = ['input', 'output', 'control', 'local']
const CHARACTER_COUNT = 32

/** What -g prints: c_iflag, c_oflag, c_cflag, c_lflag and all of c_cc, in hexadecimal. */
export function saveTerminal(termios: Termios): string {
  const size = (termios.characterSize - 5) << 4
  const words = SAVED_GROUPS.map(group => {
    const own = group === 'control' ? size | (SPEEDS.get(termios.speed) ?? 0) : 0
    return FLAG_NAMES.reduce(
      (bits, name) => (FLAGS[name][0] === group && termios[name] ? bits + FLAGS[name][1] : bits),
      own,
    )
  })
  const characters = Array.from({ length: CHARACTER_COUNT }, () => 0)
  for (const [name, index] of Object.entries(CHARACTERS)) {
    // Object.entries forgets that the keys are the characters' names.
    characters[index] = termios.characters[name as Character]
  }
  return [...words, ...characters].map(word => word.toString(16)).join(':')
}

/** undefined: it is not what -g prints. */
export function restoreTerminal(termios: Termios, text: string): Termios | undefined {
  const words = text.split(':')
  if (words.length !== 4 + CHARACTER_COUNT || !words.every(word => /^[0-9a-f]+$/i.test(word))) return undefined
  const numbers = words.map(word => Number.parseInt(word, 16))
  const bitsOf = (group: FlagGroup) => numbers[SAVED_GROUPS.indexOf(group)] ?? 0
  const has = (bits: number, bit: number) => Math.floor(bits / bit) % 2 === 1
  // A bit of several (XTABS) is told by its lowest.
  const lowest = (bit: number) => bit & -bit
  const flags = Object.fromEntries(FLAG_NAMES.map(name => [name, has(bitsOf(FLAGS[name][0]), lowest(FLAGS[name][1]))]))
  const characters = Object.fromEntries(
    Object.entries(CHARACTERS).map(([name, index]) => [name, numbers[4 + index] ?? 0]),
  )
  const control = bitsOf('control')
  const speed = [...SPEEDS].find(([, code]) => code === (control & 0o10017))?.[0] ?? termios.speed
  return {
    ...termios,
    ...flags,
    characters: { ...termios.characters, ...characters },
    characterSize: ((control >> 4) & 3) + 5,
    speed,
  }
}
