// A terminal's settings (POSIX XBD 11, termios(3)): plain data, changed as a whole.

export interface ControlCharacters {
  readonly intr: number
  readonly quit: number
  readonly erase: number
  readonly kill: number
  readonly eof: number
  readonly eol: number
  readonly start: number
  readonly stop: number
  readonly susp: number
  readonly werase: number
  readonly lnext: number
  readonly rprnt: number
  /** Non-canonical: how many bytes a read waits for, and for how many tenths of a second. */
  readonly min: number
  readonly time: number
}

export interface Termios {
  /** Input: CR becomes NL, NL becomes CR, CR is dropped, ^S and ^Q hold output. */
  readonly icrnl: boolean
  readonly inlcr: boolean
  readonly igncr: boolean
  readonly ixon: boolean
  /** Output: anything below at all, NL becomes CR NL. */
  readonly opost: boolean
  readonly onlcr: boolean
  /** Local: ^C ^\ ^Z send signals; lines; echo in its kinds; queues are kept at signals; background output stops. */
  readonly isig: boolean
  readonly icanon: boolean
  readonly iexten: boolean
  readonly echo: boolean
  readonly echoe: boolean
  readonly echok: boolean
  readonly echonl: boolean
  readonly echoctl: boolean
  readonly noflsh: boolean
  readonly tostop: boolean
  /** Bits per second, only told. */
  readonly speed: number
  readonly characters: ControlCharacters
}

/** A character that is switched off (_POSIX_VDISABLE). */
export const DISABLED = 0

/** What a new terminal has, and `stty sane` restores. */
export const SANE: Termios = {
  icrnl: true,
  inlcr: false,
  igncr: false,
  ixon: true,
  opost: true,
  onlcr: true,
  isig: true,
  icanon: true,
  iexten: true,
  echo: true,
  echoe: true,
  echok: true,
  echonl: false,
  echoctl: true,
  noflsh: false,
  tostop: false,
  speed: 38400,
  characters: {
    intr: 3,
    quit: 28,
    erase: 127,
    kill: 21,
    eof: 4,
    eol: DISABLED,
    start: 17,
    stop: 19,
    susp: 26,
    werase: 23,
    lnext: 22,
    rprnt: 18,
    min: 1,
    time: 0,
  },
}

/** cfmakeraw: bytes as they come. */
export function makeRaw(termios: Termios): Termios {
  return {
    ...termios,
    icrnl: false,
    inlcr: false,
    igncr: false,
    ixon: false,
    opost: false,
    isig: false,
    icanon: false,
    iexten: false,
    echo: false,
    echonl: false,
    characters: { ...termios.characters, min: 1, time: 0 },
  }
}
