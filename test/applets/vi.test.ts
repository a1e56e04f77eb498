import { describe, expect, it } from 'vitest'
import vi from '../../applets/vi/index.ts'
import { playKeys } from './screen.ts'

const TEXT = 'one two three\nfour five\n\nsix (seven) eight\nnine\n'

async function edit(keys: string | string[], text = TEXT): Promise<string> {
  const pieces = typeof keys === 'string' ? [keys] : keys
  const shown = await playKeys(vi, ['vi', '/f'], { f: text }, [...pieces, '\x1b', ':wq\r'])
  expect(shown.status).toEqual({ exited: 0 })
  expect(shown.isCanonical).toBe(true)
  return shown.file('f')
}

const lines = (...replaced: [number, string | undefined][]) => {
  const all: (string | undefined)[] = TEXT.split('\n')
  for (const [index, line] of replaced) all[index] = line
  return all.filter(line => line !== undefined).join('\n')
}

describe('vi', () => {
  it.each([
    ['insert', 'ihello \x1b', lines([0, 'hello one two three'])],
    ['append at the end', 'A!\x1b', lines([0, 'one two three!'])],
    ['insert with a count', '3iab\x1b', lines([0, 'abababone two three'])],
    ['open below', 'onew\x1b', lines([0, 'one two three\nnew'])],
    ['open above', 'jOnew\x1b', lines([0, 'one two three\nnew'])],
    ['delete a character', 'x', lines([0, 'ne two three'])],
    ['delete words by count', '2dw', lines([0, 'three'])],
    ['delete to the end', 'wD', lines([0, 'one '])],
    ['delete lines', '2dd', '\nsix (seven) eight\nnine\n'],
    ['delete downwards', 'dj', '\nsix (seven) eight\nnine\n'],
    ['delete to the last line', 'jdG', 'one two three\n'],
    ['the last word of a line', '$dw', lines([0, 'one two thre'])],
    ['change a word keeps its blanks', 'cwONE\x1b', lines([0, 'ONE two three'])],
    ['change a line', 'ccnew\x1b', lines([0, 'new'])],
    ['change the rest', 'wCrest\x1b', lines([0, 'one rest'])],
    ['substitute characters', '3sX\x1b', lines([0, 'X two three'])],
    ['put a line', 'yyjp', lines([1, 'four five\none two three'])],
    ['put characters before', 'dwP', TEXT],
    ['swap two characters', 'xp', lines([0, 'noe two three'])],
    ['a named register', '"ayyjdd"ap', lines([1, undefined], [2, '\none two three'])],
    ['join', 'J', 'one two three four five\n\nsix (seven) eight\nnine\n'],
    ['replace a character', 'rX', lines([0, 'Xne two three'])],
    ['replace mode and erasing in it', 'RXYZ\x7f\x1b', lines([0, 'XYe two three'])],
    ['swap case', '3~', lines([0, 'ONE two three'])],
    ['undo', 'xxu', lines([0, 'ne two three'])],
    ['undo an insertion as a whole', 'ihello\rworld\x1bu', TEXT],
    ['undo many', 'ddddixyz\x1buuu', TEXT],
    ['repeat', 'xj.', lines([0, 'ne two three'], [1, 'our five'])],
    ['repeat an insertion', 'iab\x1bj0.', lines([0, 'abone two three'], [1, 'abfour five'])],
    ['repeat with a count', 'xj3.', lines([0, 'ne two three'], [1, 'r five'])],
    ['find in line', 'ftx;x', lines([0, 'one wo hree'])],
    ['till', 'dth', lines([0, 'hree'])],
    ['find backwards', '$Fodw', lines([0, 'one twthree'])],
    ['matching bracket', '3jf(d%', lines([3, 'six  eight'])],
    ['search', '/fi.e\rx', lines([1, 'four ive'])],
    ['search again and back', '/e\rnNx', lines([0, 'on two three'])],
    ['search backwards', 'G?five\rx', lines([1, 'four ive'])],
    ['delete to a search', 'd/two\r', lines([0, 'two three'])],
    ['marks', "majjd'a", 'six (seven) eight\nnine\n'],
    ['paragraphs', 'd}', '\nsix (seven) eight\nnine\n'],
    ['line numbers', '4Gdd', lines([3, undefined])],
    ['shift right', '>>', lines([0, '\tone two three'])],
    ['shift left', '>><<', TEXT],
    ['ex: substitute', ':s/o/0/\r', lines([0, '0ne two three'])],
    ['ex: substitute everywhere', ':%s/e/E/g\r', TEXT.replaceAll('e', 'E')],
    ['ex: with groups', ':1s/\\(one\\) \\(two\\)/\\2 \\1/\r', lines([0, 'two one three'])],
    ['ex: delete a range', ':2,$d\r', 'one two three\n'],
    ['ex: delete by a search', ':/six/d\r', lines([3, undefined])],
    ['ex: copy', ':1,2y\rGp', `${TEXT}one two three\nfour five\n`],
    ['ex: go to a line', ':5\rx', lines([4, 'ine'])],
    ['expand tabs', ':set et ts=4\ri\t\x1b', lines([0, '    one two three'])],
    ['autoindent', ':set ai\rI\t\x1bonext\x1b', lines([0, '\tone two three\n\tnext'])],
  ])('%s', async (_, keys, expected) => {
    expect(await edit(keys)).toBe(expected)
  })

  it('opens above when Escape and O are typed apart', async () => {
    expect(await edit(['j', 'x\x1b', 'Onew\x1b'])).toBe(lines([0, 'one two three\nnew'], [1, 'our five']))
  })

  it('will not forget changes unless it is told to', async () => {
    const kept = await playKeys(vi, ['vi', '/f'], { f: TEXT }, ['x:q\r'])
    expect(kept.rows.at(-1)).toBe('No write since last change (:q! overrides)'.slice(0, 39))
    const left = await playKeys(vi, ['vi', '/f'], { f: TEXT }, ['x:q!\r'])
    expect(left.status).toEqual({ exited: 0 })
    expect(left.file('f')).toBe(TEXT)
  })

  it('shows tildes, tabs and where it is', async () => {
    const shown = await playKeys(vi, ['vi', '/f'], { f: 'a\tb\n' }, ['x', 'u', '\x0c'])
    expect(shown.rows.slice(0, 3)).toEqual(['a       b', '~', '~'])
    expect(shown.rows.at(-1)).toBe('- /f 1/1 100%')
  })

  it('makes a new file, and writes another name', async () => {
    const shown = await playKeys(vi, ['vi', '/new'], {}, ['ihi\x1b', ':w\r', ':w /other\r', 'ZZ'])
    expect(shown.file('new')).toBe('hi\n')
    expect(shown.file('other')).toBe('hi\n')
  })

  it('reads another file in', async () => {
    const shown = await playKeys(vi, ['vi', '/f'], { f: 'a\nb\n', g: 'x\n' }, [':r /g\r:wq\r'])
    expect(shown.file('f')).toBe('a\nx\nb\n')
  })

  it('keeps bytes that are no text', async () => {
    expect(await edit('$x', 'caf\udce9 x\n')).toBe('caf\udce9 \n')
  })
})
