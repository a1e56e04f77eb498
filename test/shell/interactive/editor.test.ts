import { describe, expect, it } from 'vitest'
import { lineOf, start } from './type.ts'

describe('emacs keys', () => {
  const cases: readonly [keys: string, line: string][] = [
    ['hello', 'hello'],
    ['hello\x01X\x05Y', 'XhelloY'],
    ['hello\x02\x02X', 'helXlo'],
    ['hello\x01\x06\x06X', 'heXllo'],
    ['hello\x01\x04', 'ello'],
    ['hello\x08\x7f', 'hel'],
    ['one two\x01\x0b', ''],
    ['one two\x15x', 'x'],
    ['one two-three\x17', 'one '],
    ['one two-three\x1b\x7f', 'one two-'],
    ['one two\x17\x17\x19', 'one two'],
    ['one two\x01\x1bd\x05 \x19', ' two one'],
    ['one two three\x1bb\x1bbX', 'one Xtwo three'],
    ['one two three\x01\x1bf\x1bfX', 'one twoX three'],
    ['ab\x14', 'ba'],
    ['abc\x02\x14', 'acb'],
    ['one two\x01\x1bu\x1bc', 'ONE Two'],
    ['日本語\x02\x7fx', '日x語'],
    ['e\u0301x\x02\x7fy', 'yx'],
    ['a\x1b[D\x1bODb\x1b[C\x1b[Cc', 'bac'],
    ['abc\x1b[Hx\x1b[Fy', 'xabcy'],
    ['abc\x1b[1~x\x1b[4~y\x1b[7~z\x1bOHw', 'wzxabcy'],
    ['abc\x01\x1b[3~', 'bc'],
    ['one two\x1b[1;5DX\x1b[1;5C!', 'one Xtwo!'],
    ['one two\x17\x1f', 'one two'],
    ['one\x1f', ''],
    ['a \x17b\x1f\x1f', 'a '],
    ['a\x16\x03b', 'a\x03b'],
    ['a\x1b[11~b\x1b[[Ac', 'abc'],
    ['\x1b[200~two\rlines\ttab\x1b[201~!', 'two\nlines\ttab!'],
    ['a   b\x02\x1b\\', 'ab'],
    ['😀😀\x7fx', '😀x'],
  ]
  it.each(cases)('%j', async (keys, line) => expect(await lineOf(keys)).toBe(line))

  it('the kill of a line before is yanked in the next, and rotated', async () => {
    const typed = start()
    await typed.type('one two\x17\x01x\x17\x19\x1by\r')
    expect(typed.result()).toEqual({ line: 'two' + 'one ' })
  })
})

describe('history', () => {
  const past = ['echo one', 'ls -l /tmp', 'echo two three']
  const cases: readonly [keys: string, line: string][] = [
    ['\x1b[A', 'echo two three'],
    ['\x10\x10', 'ls -l /tmp'],
    ['draft\x1b[A\x1b[B', 'draft'],
    ['\x1b[A!\x1b[A\x1b[B', 'echo two three!'],
    ['\x1b<', 'echo one'],
    ['x \x1b.', 'x three'],
    ['x \x1b.\x1b.', 'x /tmp'],
    ['\x12ls', 'ls -l /tmp'],
    ['\x12echo\x12', 'echo one'],
    ['\x12echo\x12\x13', 'echo two three'],
    ['\x12lsx\x7f', 'ls -l /tmp'],
    ['abc\x12ls\x07', 'abc'],
    ['\x12one\x05!', 'echo one!'],
    ['ec\x1b[5~\x1b[5~', 'echo one'],
  ]
  it.each(cases)('%j', async (keys, line) => expect(await lineOf(keys, { past })).toBe(line))

  it('shows what is searched for', async () => {
    const { type, screen } = start({ past, columns: 60 })
    await type('\x12ls')
    expect(screen.text).toBe("(reverse-i-search)`ls': ls -l /tmp")
    await type('q')
    expect(screen.text).toBe("(failed reverse-i-search)`lsq': ls -l /tmp")
    expect(screen.bells).toBe(1)
  })

  it('moves within a line of several rows before it leaves it', async () => {
    expect(await lineOf('\x1b[A\x1b[AX', { past: ['first', 'aa\nbb'] })).toBe('aaX\nbb')
    expect(await lineOf('\x1b[A\x1b[A\x1b[AX', { past: ['first', 'aa\nbb'] })).toBe('firstX')
  })

  it('remembers lines, but neither blank ones nor the same twice', async () => {
    const typed = start({ past })
    await typed.type('echo two three\r')
    expect(typed.editor.history.lines).toEqual(past)
    expect(typed.editor.history.nextNumber).toBe(4)
  })
})

describe('the end of a line', () => {
  it('^D on an empty line is the end of input', async () => {
    const { type, result } = start()
    await type('x\x7f\x04')
    expect(result()).toBe('eof')
  })

  it('^C leaves the line on the screen', async () => {
    const { type, result, screen } = start()
    await type('sleep\x01\x03')
    expect(result()).toBe('interrupt')
    expect(screen.text).toBe('$ sleep^C')
    expect(screen.cursor).toEqual([1, 0])
  })

  it('a terminal that is gone', async () => {
    const { type, end, result } = start()
    await type('half')
    await end()
    expect(result()).toBe('eof')
  })

  it('asks for marked pastes, and no longer when it is done', async () => {
    const { type, sent } = start()
    await type('a')
    expect(sent()).toMatch(/^\x1b\[\?2004h/)
    await type('\r')
    expect(sent()).toMatch(/\x1b\[\?2004l$/)
  })

  it('leaves keys after Enter to others', async () => {
    const { type, result } = start()
    await type('one\rtwo')
    expect(result()).toEqual({ line: 'one' })
  })
})

describe('the screen', () => {
  it('wraps, and the cursor is right at the margin', async () => {
    const { type, screen } = start({ columns: 10 })
    await type('12345678')
    expect(screen.cursor).toEqual([1, 0])
    await type('9')
    expect(screen.text).toBe('$ 12345678\n9')
    await type('\x7f\x7f')
    expect(screen.text).toBe('$ 1234567')
    expect(screen.cursor).toEqual([0, 9])
    await type('890123456789abc\x01x')
    expect(screen.text).toBe('$ x1234567\n8901234567\n89abc')
    expect(screen.cursor).toEqual([0, 3])
  })

  it('does not cut a wide character in two at the margin', async () => {
    const { type, screen } = start({ columns: 9 })
    await type('日本語字x')
    expect(screen.text).toBe('$ 日本語\n字x')
    expect(screen.cursor).toEqual([1, 3])
    await type('\x02\x02')
    expect(screen.cursor).toEqual([1, 0])
    await type('\x02')
    expect(screen.cursor).toEqual([0, 6])
    await type('\x04')
    expect(screen.text).toBe('$ 日本字x')
  })

  it('a prompt with colours takes only the columns that are seen', async () => {
    const { type, screen } = start({ columns: 10, prompt: '\x01\x1b[1m\x02ab\x1b[0m> ' })
    await type('123456')
    expect(screen.text).toBe('ab> 123456')
    expect(screen.cursor).toEqual([1, 0])
  })

  it('draws a letter at the end by that letter alone', async () => {
    const { type, sent } = start()
    await type('ab')
    sent()
    await type('c')
    expect(sent()).toBe('c')
    await type('\x7f')
    expect(sent()).toBe('\b\x1b[J')
    await type('\x02')
    expect(sent()).toBe('\b')
  })

  it('shows control characters, tabs and rows of a paste', async () => {
    const { type, screen } = start({ columns: 20 })
    await type('\x1b[200~a\x01b\tc\nd\x1b[201~')
    expect(screen.text).toBe('$ a^Ab  c\nd')
    expect(screen.cursor).toEqual([1, 1])
    await type('\x1b[A\x01')
    expect(screen.cursor).toEqual([0, 2])
  })

  it('a line longer than the screen is seen around the cursor', async () => {
    const { type, screen, sent, result } = start({ columns: 10, rows: 4 })
    await type(`\x1b[200~${'abcdef'.split('').join('\n')}\x1b[201~`)
    expect(screen.text).toBe('c\nd\ne\nf')
    await type('\x1b[A\x1b[A\x1b[A\x1b[A')
    expect(screen.text).toBe('b\nc\nd\ne')
    expect(screen.cursor).toEqual([0, 1])
    await type('!')
    expect(screen.text).toBe('b!\nc\nd\ne')
    sent()
    await type('\x02')
    expect(sent()).toBe('\b')
    await type('\r')
    expect(screen.text).toBe('d\ne\nf')
    expect(result()).toEqual({ line: 'a\nb!\nc\nd\ne\nf' })
  })

  it('^L clears it and keeps the line', async () => {
    const { type, screen } = start()
    await type('abc\x0c')
    expect(screen.text).toBe('$ abc')
    expect(screen.cursor).toEqual([0, 5])
  })

  it('is drawn anew when the window changes', async () => {
    const { type, screen, editor } = start({ columns: 20 })
    await type('a line that is wrapped at twenty')
    screen.reflow(12)
    await editor.resized()
    expect(screen.text).toBe('$ a line tha\nt is wrapped\n at twenty')
    expect(screen.cursor).toEqual([2, 10])
    screen.reflow(50)
    await editor.resized()
    expect(screen.text).toBe('$ a line that is wrapped at twenty')
  })

  it('a notice stands above the line', async () => {
    const { type, screen, editor } = start()
    await type('ls\x01')
    await editor.printAbove('[1]+  Done\r\n')
    expect(screen.text).toBe('$ ls\n[1]+  Done\n$ ls')
    expect(screen.cursor).toEqual([2, 2])
  })

  it('is what drawing everything would give, whatever was typed', async () => {
    const keys = [
      'a',
      'b ',
      '日',
      'e\u0301',
      '\x7f',
      '\x02',
      '\x01',
      '\x05',
      '\x06',
      '\x17',
      '\x1b[A',
      '\x1b[B',
      '\x14',
      '\x1f',
      '\x19',
      '\x0b',
      '\t',
      '\x1b[200~x\ny\x1b[201~',
    ]
    let state = 7
    const draw = (below: number) => (state = (state * 48271) % 2147483647) % below
    for (let round = 0; round < 30; round++) {
      const how = { columns: 5 + draw(9), rows: round % 2 === 0 ? 3 + draw(4) : 50, past: ['an old line', 'two\nrows'] }
      const typed = start(how)
      for (let i = 0; i < 40; i++) {
        await typed.type(keys[draw(keys.length)]!)
        const { text, cursor } = typed.screen
        await typed.type('\x0c')
        expect({ text, cursor }).toEqual({ text: typed.screen.text, cursor: typed.screen.cursor })
      }
    }
  })
})

describe('completion', () => {
  const names = ['alpha', 'alphabet', 'beta']
  const complete = (line: string, cursor: number) => {
    const from = line.lastIndexOf(' ', cursor - 1) + 1
    const word = line.slice(from, cursor)
    return { from, candidates: names.filter(name => name.startsWith(word)).map(text => ({ text })) }
  }

  it('inserts what is certain', async () => {
    expect(await lineOf('ls b\tx', { complete })).toBe('ls beta x')
    expect(await lineOf('ls a\tx', { complete })).toBe('ls alphax')
  })

  it('lists on the second Tab', async () => {
    const { type, screen } = start({ complete, columns: 30 })
    await type('ls a\t')
    expect(screen.bells).toBe(0)
    await type('\t')
    expect(screen.text).toBe('$ ls alpha\nalpha     alphabet\n$ ls alpha')
    expect(screen.cursor).toEqual([2, 10])
  })

  it('rings when there is nothing', async () => {
    const { type, screen } = start({ complete })
    await type('ls zz\t')
    expect(screen.bells).toBe(1)
  })

  it('asks before it lists many', async () => {
    const many = () => ({ from: 0, candidates: Array.from({ length: 101 }, (_, i) => ({ text: `n${i}` })) })
    const { type, screen } = start({ complete: many })
    await type('n\t\t')
    expect(screen.text).toContain('Display all 101 possibilities? (y or n)')
    await type('n')
    expect(screen.text).toBe('$ n\nDisplay all 101 possibilities? (y or n)\n$ n')
  })

  it('inserts all with M-*', async () => {
    expect(await lineOf('rm a\x1b*', { complete })).toBe('rm alpha alphabet ')
  })
})
