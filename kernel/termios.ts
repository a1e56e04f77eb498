// A terminal's settings (POSIX XBD 11.2, termios(3)), by the names that stty(1) has for them: plain data, changed as a whole.

export type FlagGroup = 'control' | 'input' | 'output' | 'local'

/** Every flag of Linux that is one bit, with that bit: the order in which `stty -a` lists them, the words `stty -g` is made of. */
export const FLAGS = {
  parenb: ['control', 0o400],
  parodd: ['control', 0o1000],
  cmspar: ['control', 0o10000000000],
  hupcl: ['control', 0o2000],
  cstopb: ['control', 0o100],
  cread: ['control', 0o200],
  clocal: ['control', 0o4000],
  crtscts: ['control', 0o20000000000],
  ignbrk: ['input', 0o1],
  brkint: ['input', 0o2],
  ignpar: ['input', 0o4],
  parmrk: ['input', 0o10],
  inpck: ['input', 0o20],
  istrip: ['input', 0o40],
  inlcr: ['input', 0o100],
  igncr: ['input', 0o200],
  icrnl: ['input', 0o400],
  ixon: ['input', 0o2000],
  ixoff: ['input', 0o10000],
  iuclc: ['input', 0o1000],
  ixany: ['input', 0o4000],
  imaxbel: ['input', 0o20000],
  iutf8: ['input', 0o40000],
  opost: ['output', 0o1],
  olcuc: ['output', 0o2],
  ocrnl: ['output', 0o10],
  onlcr: ['output', 0o4],
  onocr: ['output', 0o20],
  onlret: ['output', 0o40],
  ofill: ['output', 0o100],
  ofdel: ['output', 0o200],
  /** TABDLY is XTABS: tabs are sent as spaces. */
  tab3: ['output', 0o14000],
  isig: ['local', 0o1],
  icanon: ['local', 0o2],
  iexten: ['local', 0o100000],
  echo: ['local', 0o10],
  echoe: ['local', 0o20],
  echok: ['local', 0o40],
  echonl: ['local', 0o100],
  noflsh: ['local', 0o200],
  xcase: ['local', 0o4],
  tostop: ['local', 0o400],
  echoprt: ['local', 0o2000],
  echoctl: ['local', 0o1000],
  echoke: ['local', 0o4000],
  flusho: ['local', 0o10000],
  extproc: ['local', 0o200000],
} as const satisfies Record<string, readonly [FlagGroup, number]>

export type Flag = keyof typeof FLAGS

/** Where each control character stands in c_cc. `min` and `time` (tenths of a second) are counts, the others bytes. */
export const CHARACTERS = {
  intr: 0,
  quit: 1,
  erase: 2,
  kill: 3,
  eof: 4,
  time: 5,
  min: 6,
  swtch: 7,
  start: 8,
  stop: 9,
  susp: 10,
  eol: 11,
  rprnt: 12,
  discard: 13,
  werase: 14,
  lnext: 15,
  eol2: 16,
} as const

export type Character = keyof typeof CHARACTERS

export type ControlCharacters = Readonly<Record<Character, number>>

export interface Termios extends Readonly<Record<Flag, boolean>> {
  readonly characters: ControlCharacters
  /** Bits a character: 5 to 8. */
  readonly characterSize: number
  /** Bits per second, only told. */
  readonly speed: number
}

/** A character that is switched off (_POSIX_VDISABLE). */
export const DISABLED = 0

const ON: readonly Flag[] = [
  ...(['cread', 'icrnl', 'ixon', 'iutf8', 'opost', 'onlcr'] as const),
  ...(['isig', 'icanon', 'iexten', 'echo', 'echoe', 'echok', 'echoctl', 'echoke'] as const),
]

/** What a new terminal has: Linux's settings of a pseudo terminal, with UTF-8 on. */
export const SANE: Termios = {
  ...flagsOf(ON),
  characters: {
    intr: 3,
    quit: 28,
    erase: 127,
    kill: 21,
    eof: 4,
    time: 0,
    min: 1,
    swtch: DISABLED,
    start: 17,
    stop: 19,
    susp: 26,
    eol: DISABLED,
    rprnt: 18,
    discard: 15,
    werase: 23,
    lnext: 22,
    eol2: DISABLED,
  },
  characterSize: 8,
  speed: 38400,
}

/** cfmakeraw(3): every byte comes through as it is, at once, unechoed. */
export function makeRaw(termios: Termios): Termios {
  return {
    ...termios,
    ...{ ignbrk: false, brkint: false, parmrk: false, istrip: false, inlcr: false, igncr: false, icrnl: false },
    ...{ ixon: false, opost: false, parenb: false },
    ...{ echo: false, echonl: false, icanon: false, isig: false, iexten: false },
    characterSize: 8,
    characters: { ...termios.characters, min: 1, time: 0 },
  }
}

function flagsOf(on: readonly Flag[]): Record<Flag, boolean> {
  const set = new Set<string>(on)
  // Object.fromEntries forgets which keys it was given: these are all of them.
  return Object.fromEntries(Object.keys(FLAGS).map(name => [name, set.has(name)])) as Record<Flag, boolean>
}
