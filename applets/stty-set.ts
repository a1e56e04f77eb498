// How stty changes a terminal.

import type { Terminal } from '../kernel/terminal.ts'
import { type Character, type Flag, SANE, type Termios } from '../kernel/termios.ts'
import { Failure } from './applet.ts'
import { FLAG_NAMES, KEYS, restoreTerminal, SANE_OFF, SANE_ON, SPEEDS } from './stty-show.ts'

/** Yields what was asked for (size, speed); the modes are set at once, when every word is understood. */
export function* applySettings(terminal: Terminal, words: readonly string[]): Generator<string> {
  let { termios } = terminal
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const next = (): string => {
      const argument = words[++at]
      if (argument === undefined) throw new Failure(`${word} requires an argument`)
      return argument
    }
    if (word === 'size') yield `${terminal.size.rows} ${terminal.size.columns}`
    else if (word === 'speed') yield String(termios.speed)
    else if (word === 'rows') terminal.setSize({ ...terminal.size, rows: readNumber(next()) })
    else if (word === 'cols' || word === 'columns') terminal.setSize({ ...terminal.size, columns: readNumber(next()) })
    else termios = changed(termios, word, next)
  }
  if (termios !== terminal.termios) terminal.setTermios(termios)
}

function changed(termios: Termios, word: string, next: () => string): Termios {
  const isOff = word.startsWith('-')
  const name = isOff ? word.slice(1) : word
  const flag = FLAG_NAMES.find(known => known === name)
  if (flag) return { ...termios, [flag]: !isOff }
  const key = isOff ? undefined : KEYS.find(([known]) => known === name)
  if (key) return withCharacter(termios, key[1], readKey(next()))
  const combined = COMBINED.get(word)
  if (combined) return combined(termios)
  if (word === 'min' || word === 'time') return withCharacter(termios, word, readNumber(next()))
  if (word === 'ispeed' || word === 'ospeed') return withSpeed(termios, next())
  const size = /^cs([5-8])$/.exec(word)
  if (size) return { ...termios, characterSize: Number(size[1]) }
  const restored = restoreTerminal(termios, word)
  if (restored) return restored
  if (/^-?[a-z]/.test(word) || SPEEDS.has(Number(word))) return withSpeed(termios, word)
  throw new Failure(`invalid argument '${word}'`)
}

function withCharacter(termios: Termios, character: Character, value: number): Termios {
  return { ...termios, characters: { ...termios.characters, [character]: value } }
}

function withSpeed(termios: Termios, word: string): Termios {
  const speed = readNumber(word)
  if (!SPEEDS.has(speed)) throw new Failure(`invalid argument '${word}'`)
  return { ...termios, speed }
}

function readNumber(word: string): number {
  if (!/^\d+$/.test(word)) throw new Failure(`invalid number '${word}'`)
  return Number(word)
}

function readKey(word: string): number {
  if (word === '^-' || word === 'undef') return 0
  if (word === '^?') return 127
  if (word.startsWith('^') && word.length === 2) return word.toUpperCase().charCodeAt(1) & 31
  return [...word].length === 1 ? word.charCodeAt(0) & 255 : readNumber(word)
}

function set(...flags: readonly Flag[]): (isOn: boolean) => Partial<Record<Flag, boolean>> {
  return isOn => Object.fromEntries(flags.map(flag => [flag, isOn]))
}

const newlines = set('icrnl', 'onlcr')
const canonical = set('icanon')
const echoes = set('echoe', 'echoctl', 'echoke')
const upper = set('xcase', 'iuclc', 'olcuc')

type Change = (termios: Termios) => Termios

/** Settings that stand for several (stty(1)). */
const COMBINED: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['sane', sane],
  ['raw', raw],
  ['-cooked', raw],
  ['cooked', cooked],
  ['-raw', cooked],
  ['cbreak', termios => ({ ...termios, ...canonical(false) })],
  ['-cbreak', termios => ({ ...termios, ...canonical(true) })],
  ['nl', termios => ({ ...termios, ...newlines(false) })],
  ['-nl', termios => ({ ...termios, ...newlines(true), inlcr: false, igncr: false, ocrnl: false, onlret: false })],
  ['ek', termios => withKeys(termios, 'erase', 'kill')],
  ['crt', termios => ({ ...termios, ...echoes(true) })],
  ['dec', termios => ({ ...withKeys(termios, 'intr', 'erase', 'kill'), ...echoes(true), ixany: false })],
  ['decctlq', termios => ({ ...termios, ixany: false })],
  ['-decctlq', termios => ({ ...termios, ixany: true })],
  ['tabs', termios => ({ ...termios, tab3: false })],
  ['-tabs', termios => ({ ...termios, tab3: true })],
  ['tab0', termios => ({ ...termios, tab3: false })],
  ['lcase', termios => ({ ...termios, ...upper(true) })],
  ['-lcase', termios => ({ ...termios, ...upper(false) })],
  ['pass8', termios => ({ ...termios, parenb: false, istrip: false, characterSize: 8 })],
  ['litout', termios => ({ ...termios, parenb: false, istrip: false, opost: false, characterSize: 8 })],
  ['crterase', termios => ({ ...termios, echoe: true })],
  ['-crterase', termios => ({ ...termios, echoe: false })],
  ['ctlecho', termios => ({ ...termios, echoctl: true })],
  ['-ctlecho', termios => ({ ...termios, echoctl: false })],
  ['crtkill', termios => ({ ...termios, echoke: true })],
  ['-crtkill', termios => ({ ...termios, echoke: false })],
  ['tandem', termios => ({ ...termios, ixoff: true })],
  ['-tandem', termios => ({ ...termios, ixoff: false })],
])

function sane(termios: Termios): Termios {
  return { ...termios, ...set(...SANE_ON)(true), ...set(...SANE_OFF)(false), characters: SANE.characters }
}

/** busybox: echo stays as it is. */
function raw(termios: Termios): Termios {
  const input = inputFlags(false)
  const characters = { ...termios.characters, min: 1, time: 0 }
  return { ...termios, ...input, opost: false, isig: false, icanon: false, xcase: false, characters }
}

function cooked(termios: Termios): Termios {
  const on = set('brkint', 'ignpar', 'istrip', 'icrnl', 'ixon', 'opost', 'isig', 'icanon')(true)
  return withKeys({ ...termios, ...on, istrip: false }, 'eof', 'eol')
}

const inputFlags = set(
  ...(['ignbrk', 'brkint', 'ignpar', 'parmrk', 'inpck', 'istrip', 'inlcr', 'igncr', 'icrnl'] as const),
  ...(['ixon', 'ixoff', 'iuclc', 'ixany', 'imaxbel'] as const),
)

function withKeys(termios: Termios, ...names: readonly Character[]): Termios {
  const own = Object.fromEntries(names.map(name => [name, SANE.characters[name]]))
  return { ...termios, characters: { ...termios.characters, ...own } }
}
