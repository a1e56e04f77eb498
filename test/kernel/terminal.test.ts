import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../kernel/clock.ts'
import { SIGCONT, SIGHUP, SIGINT, SIGTSTP, SIGWINCH, type Signal } from '../../kernel/signal.ts'
import { Terminal, type TerminalOptions } from '../../kernel/terminal.ts'
import { makeRaw, type Termios } from '../../kernel/termios.ts'
import { decode, encode } from '../../lib/bytes.ts'

function open(how: Partial<TerminalOptions> = {}) {
  const clock = new VirtualClock()
  const signals: [pgid: number, signal: Signal][] = []
  const terminal = new Terminal({ clock, signalGroup: (pgid, signal) => void signals.push([pgid, signal]), ...how })
  terminal.session = 1
  terminal.foreground = 7
  const slave = terminal.openSlave().hold()
  const text = (bytes: Uint8Array | undefined) => (bytes ? decode(bytes) : undefined)
  return {
    clock,
    terminal,
    slave,
    signals,
    type: (keys: string) => terminal.input(encode(keys)),
    print: (words: string) => slave.write(encode(words)),
    read: (max = 4096) => text(slave.read(max)),
    screen: () => text(terminal.readOutput()),
    set: (change: Partial<Termios>) => terminal.setTermios({ ...terminal.termios, ...change }),
    raw: (min: number, time: number) => {
      const raw = makeRaw(terminal.termios)
      terminal.setTermios({ ...raw, characters: { ...raw.characters, min, time } })
    },
  }
}

describe('keys', () => {
  it('erases a wide character in both of its columns, and a combining mark in none', () => {
    const { type, screen, read } = open()
    type('日\x7f')
    expect(screen()).toBe('日\b \b\b \b')
    type('e\u0301\x7fx\n')
    expect(screen()).toBe('e\u0301x\r\n')
    expect(read()).toBe('ex\n')
  })

  it('sends ^C to the foreground group at once, before everything that was printed', () => {
    const { type, print, screen, signals, terminal, slave } = open({ highWater: 1000 })
    expect(print('y\n'.repeat(5000))).toBe(1000)
    expect(print('more')).toBeUndefined()
    let woken = false
    slave.changed.add({ wake: () => (woken = true) })
    type('typed\x03')
    expect(signals).toEqual([[7, SIGINT]])
    expect(screen()).toBe('^C')
    expect(woken).toBe(true)
    expect(terminal.hasRoom).toBe(true)
  })

  it("a signal key is nobody else's", () => {
    const { type, read, signals } = open()
    type('abc\x1a')
    expect(signals).toEqual([[7, SIGTSTP]])
    type('\n')
    expect(read()).toBe('\n')
  })

  it('^C is heard behind more keys than anybody has read', () => {
    const { type, raw, terminal, signals, set } = open()
    raw(1, 0)
    set({ isig: true })
    type('x'.repeat(10000))
    expect(terminal.inputBacklog).toBe(10000 - 4095)
    type('y\x03')
    expect(signals).toEqual([[7, SIGINT]])
    expect(terminal.inputBacklog).toBe(0)
  })

  it('keeps a long paste until it is read', () => {
    const { type, read, terminal } = open()
    const paste = 'a line of text\n'.repeat(2000)
    type(paste)
    expect(terminal.inputBacklog).toBeGreaterThan(0)
    let seen = ''
    for (let line = read(); line !== undefined; line = read()) seen += line
    expect(seen).toBe(paste)
  })
})

describe('flow', () => {
  it('^S holds output and ^Q lets it go', () => {
    const { type, print, screen } = open()
    type('\x13')
    expect(print('hi')).toBeUndefined()
    type('\x11')
    expect(print('hi')).toBe(2)
    expect(screen()).toBe('hi')
  })

  it('a writer is woken when the host has taken what waited', () => {
    const { print, terminal, slave } = open({ highWater: 100 })
    expect(print('x'.repeat(300))).toBe(100)
    let woken = 0
    slave.changed.add({ wake: () => woken++ })
    expect(terminal.readOutput(10)?.length).toBe(10)
    expect(woken).toBe(1)
    expect(print('y'.repeat(300))).toBe(10)
  })

  it('output is one stream that ends when the last slave is closed', async () => {
    const { print, terminal, slave } = open()
    print('a\n')
    const seen: string[] = []
    const done = (async () => {
      for await (const chunk of terminal.output()) seen.push(decode(chunk))
    })()
    await Promise.resolve()
    print('b')
    slave.release()
    await done
    expect(seen.join('')).toBe('a\r\nb')
  })
})

describe('raw mode waits by MIN and TIME', () => {
  it('MIN bytes', () => {
    const { raw, type, read } = open()
    raw(3, 0)
    type('ab')
    expect(read()).toBeUndefined()
    type('c')
    expect(read()).toBe('abc')
    type('d')
    expect(read(1)).toBe('d')
  })

  it('TIME for the first byte', () => {
    const { raw, type, read, clock, slave } = open()
    raw(0, 5)
    expect(read()).toBeUndefined()
    let woken = false
    slave.changed.add({ wake: () => (woken = true) })
    expect(clock.nextAlarm()).toBe(clock.now() + 500)
    clock.ringNext()
    expect(woken).toBe(true)
    expect(read()).toBe('')
    type('x')
    expect(read()).toBe('x')
  })

  it('TIME between bytes', () => {
    const { raw, type, read, clock, slave } = open()
    raw(9, 2)
    expect(read()).toBeUndefined()
    expect(clock.nextAlarm()).toBeUndefined()
    type('a')
    expect(read()).toBeUndefined()
    clock.moveTo(clock.now() + 150)
    type('b')
    expect(read()).toBeUndefined()
    slave.changed.add({ wake: () => {} })
    clock.ringNext()
    expect(read()).toBe('ab')
  })

  it('neither: a read never waits', () => {
    const { raw, read } = open()
    raw(0, 0)
    expect(read()).toBe('')
  })
})

describe('the terminal itself', () => {
  it('tells the foreground group of a new size, once', () => {
    const { terminal, signals } = open()
    terminal.setSize({ rows: 30, columns: 100 })
    terminal.setSize({ rows: 30, columns: 100 })
    expect(signals).toEqual([[7, SIGWINCH]])
    expect(terminal.size).toEqual({ rows: 30, columns: 100, xpixel: 0, ypixel: 0 })
  })

  it('hung up: reads end, writes fail, the session hears of it', () => {
    const { terminal, read, print, signals, type, slave } = open()
    type('unread\n')
    terminal.hangUp()
    expect(signals).toEqual([
      [1, SIGHUP],
      [1, SIGCONT],
      [7, SIGHUP],
      [7, SIGCONT],
    ])
    expect(read()).toBe('')
    expect(() => print('x')).toThrow('Input/output error')
    expect(slave.poll()).toEqual({ readable: true, writable: true, hungUp: true })
  })

  it('is readable when a line is whole', () => {
    const { type, slave } = open()
    type('abc')
    expect(slave.poll().readable).toBe(false)
    type('\n')
    expect(slave.poll().readable).toBe(true)
  })

  it('readThrough takes no byte too many', () => {
    const { type, slave, read } = open()
    type('one\ntwo;three\n')
    expect(decode(slave.readThrough(10, 100)!)).toBe('one\n')
    expect(decode(slave.readThrough(0x3b, 100)!)).toBe('t')
    expect(read()).toBe('wo;three\n')
  })

  it('drops typed lines when settings are changed with flush', () => {
    const { type, terminal, read } = open()
    type('old\n')
    terminal.setTermios(terminal.termios, 'flush')
    expect(read()).toBeUndefined()
  })
})
