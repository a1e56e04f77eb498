import { expect, test } from 'vitest'
import { applySettings } from '../../applets/stty-set.ts'
import { describeTerminal, restoreTerminal, saveTerminal } from '../../applets/stty-show.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import { Terminal } from '../../kernel/terminal.ts'

function terminal(...settings: readonly string[]): Terminal {
  const made = new Terminal({ clock: new VirtualClock(), signalGroup: () => undefined })
  expect([...applySettings(made, settings)]).toEqual([])
  return made
}

/** What is odd about it: the lines after the characters. */
function oddities(...settings: readonly string[]): string[] {
  return describeTerminal(terminal(...settings), { isWhole: false })
    .split('\n')
    .slice(4, -1)
}

test('everything, as busybox tells it of a pseudo terminal without iutf8', () => {
  expect(describeTerminal(terminal('-iutf8'), { isWhole: true })).toBe(
    `speed 38400 baud; rows 24; columns 80; line = 0;
intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>;
eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R;
werase = ^W; lnext = ^V; flush = ^O; min = 1; time = 0;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr icrnl ixon -ixoff
-iuclc -ixany -imaxbel -iutf8
opost -olcuc -ocrnl onlcr -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0
isig icanon iexten echo echoe echok -echonl -noflsh -xcase -tostop -echoprt
echoctl echoke -flusho -extproc
`,
  )
})

test('only what is not sane', () => {
  expect(oddities('sane')).toEqual([])
  expect(oddities('-iutf8', 'raw')).toEqual(['-brkint -icrnl -imaxbel', '-opost', '-isig -icanon'])
  expect(oddities('sane', '-icanon', '-echo')).toEqual(['-icanon -echo'])
})

test('what -g prints sets it again', () => {
  const { termios } = terminal('raw', 'intr', '^A', 'min', '3', '9600', 'tab3')
  const saved = saveTerminal(termios)
  expect(restoreTerminal(terminal().termios, saved)).toEqual(termios)
  expect(saveTerminal(terminal('-iutf8').termios)).toMatch(
    /^500:5:bf:8a3b:3:1c:7f:15:4:0:1:0:11:13:1a:0:12:f:17:16:0(:0){15}$/,
  )
  expect(restoreTerminal(termios, 'sane')).toBeUndefined()
})

test('sizes, speeds and keys', () => {
  const made = terminal('rows', '30', 'cols', '100', 'erase', '^H', 'kill', 'undef', 'quit', 'x')
  expect([...applySettings(made, ['size', 'speed'])]).toEqual(['30 100', '38400'])
  expect(made.termios.characters).toMatchObject({ erase: 8, kill: 0, quit: 120 })
  expect(() => terminal('erase')).toThrow('erase requires an argument')
  expect(() => terminal('cols', 'x')).toThrow("invalid number 'x'")
  expect(() => terminal('nonsense')).toThrow("invalid number 'nonsense'")
})
