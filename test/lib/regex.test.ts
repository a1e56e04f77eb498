import { expect, test } from 'vitest'
import { compileRegex, RegexError } from '../../lib/regex/index.ts'

function find(source: string, text: string, how: { basic?: boolean; i?: boolean } = {}): string | undefined {
  const regex = compileRegex(source, { syntax: how.basic ? 'basic' : 'extended', ignoreCase: how.i ?? false })
  const match = regex.exec(text)
  if (!match) return undefined
  const groups = match.groups.map(group => (group ? text.slice(...group) : '-'))
  return [text.slice(match.start, match.end), ...groups].join('|')
}

test.each([
  ['abc', 'xabcx', 'abc'],
  ['a|ab|abc', 'abcd', 'abc'],
  ['(a|ab)(c|bcd)', 'abcd', 'abcd|a|bcd'],
  ['a?(ab)?', 'ab', 'ab|ab'],
  ['x*', 'aaa', ''],
  ['[[:upper:]]+', 'abCDe', 'CD'],
  ['[]a]+', 'x]a]', ']a]'],
  ['[^]a]', ']ab', 'b'],
  ['a{2,3}', 'aaaa', 'aaa'],
  ['a{2}', 'a', undefined],
  ['(ab){2}', 'xababab', 'abab|ab'],
  ['^b', 'ab', undefined],
  ['b$', 'ab', 'b'],
  ['\\<b', 'ab b', 'b'],
  ['(.)\\1', 'abccd', 'cc|c'],
  ['\\w+', '  añb-', 'añb'],
  ['a{,2}b', 'aab', 'aab'],
  ['{', '{', '{'],
])('extended %s on %s', (source, text, expected) => {
  expect(find(source, text)).toBe(expected)
})

test.each([
  ['a*b', 'aab', 'aab'],
  ['*a', 'x*a', '*a'],
  ['\\(a\\|b\\)*c', 'xabac', 'abac|a'],
  ['a\\{2\\}', 'aaa', 'aa'],
  ['a+', 'a+', 'a+'],
  ['a\\+', 'baa', 'aa'],
  ['^*x', '*x', '*x'],
  ['a^b', 'a^b', 'a^b'],
  ['a$b', 'a$b', 'a$b'],
  ['\\(x\\)\\1', 'axx', 'xx|x'],
])('basic %s on %s', (source, text, expected) => {
  expect(find(source, text, { basic: true })).toBe(expected)
})

test('case is ignored in sets, characters and references', () => {
  expect(find('[a-c]+X', 'ABCx', { i: true })).toBe('ABCx')
  expect(find('(a)\\1', 'aA', { i: true })).toBe('aA|a')
})

test.each([
  ['(', 'Unmatched ( or \\('],
  ['[a', 'Unmatched [, [^, [:, [., or [='],
  ['a\\', 'Trailing backslash'],
  ['\\1', 'Invalid back reference'],
  ['[[:foo:]]', 'Invalid character class name'],
  ['[b-a]', 'Invalid range end'],
  ['a{3,2}', 'Invalid content of \\{\\}'],
])("%s is refused in regcomp's words", (source, words) => {
  expect(() => compileRegex(source, { syntax: 'extended' })).toThrow(new RegexError(words))
})

test('what kills a backtracker is linear here', () => {
  const text = 'a'.repeat(50_000)
  expect(find('(a|aa)+$', text)?.length).toBeGreaterThan(50_000)
  expect(find('(a*)*b', text.slice(0, 2000))).toBeUndefined()
  expect(find('(a|a)*b', text.slice(0, 2000))).toBeUndefined()
})
