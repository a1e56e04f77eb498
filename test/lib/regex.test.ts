import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
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
  ['a|b|ab', 'ab', 'ab'],
  ['(ab|a)(bcd)?', 'abcd', 'abcd|a|bcd'],
  ['(a*)*', 'b', '|-'],
  ['(a*)*', 'aab', 'aa|aa'],
  ['(a*|b)*', 'ab', 'ab|b'],
  ['(a*)+', 'b', '|'],
  ['x(y)?(z)', 'xz', 'xz|-|z'],
  ['^(a+)-((b)c*)$', 'aa-bcc', 'aa-bcc|aa|bcc|b'],
  ['(a)|b', 'b', 'b|-'],
  ['a)', 'a)', 'a)'],
  ['()b', 'ab', 'b|'],
  ['x|^a|b$', 'ab', 'a'],
  ['\\bb.\\b', 'ab ba', 'ba'],
  ['a\\Bb', 'ab', 'ab'],
  ['\\`a', 'aa', 'a'],
  ["a\\'", 'aa', 'a'],
  ['[[.-.]-0]+', 'x-./0', '-./0'],
  ['[a\\]+', 'x\\a', '\\a'],
  ['.', '𝒳', '𝒳'],
  ['[^a]', 'a\udc80', '\udc80'],
  ['(.)(.)', '𝒳𝒴', '𝒳𝒴|𝒳|𝒴'],
  ['(^|x)a', 'xaa', 'xa|x'],
  ['(.*)=\\1$', 'ab=ab', 'ab=ab|ab'],
  ['(a*)\\1', 'aaaaa', 'aaaa|aa'],
  ['^(.*)-(.)\\1\\2$', 'ab-cabc', 'ab-cabc|ab|c'],
  ['((.)(.))\\3\\2', 'xabbay', 'abba|ab|a|b'],
  ['(a*)(b|c)\\1', 'aabaa', 'aabaa|aa|b'],
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
  ['\\(^a\\)', 'ba', undefined],
  ['\\(*a\\)', '*a', '*a|*a'],
  ['\\+a', '+a', '+a'],
  ['a\\|^b', 'xb', undefined],
  ['a\\?b', 'aab', 'ab'],
  ['a{2}', 'a{2}', 'a{2}'],
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
  ['a{x}', 'Invalid content of \\{\\}'],
  ['a{1', 'Unmatched \\{'],
  ['*a', 'Invalid preceding regular expression'],
  ['^*', 'Invalid preceding regular expression'],
  ['a|+', 'Invalid preceding regular expression'],
  ['{', 'Invalid preceding regular expression'],
  ['(a)\\2', 'Invalid back reference'],
  ['(a\\1)', 'Invalid back reference'],
  ['[[.xx.]]', 'Invalid collation character'],
  ['[a-c-e]', 'Invalid range end'],
  ['[a-[:digit:]]', 'Invalid range end'],
  ['[[:alpha:', 'Unmatched [, [^, [:, [., or [='],
  ['a{32768}', 'Regular expression too big'],
  ['((a{1000}){1000}){1000}', 'Regular expression too big'],
  ['('.repeat(1000), 'Regular expression too big'],
  [`a${'*'.repeat(100_000)}`, 'Regular expression too big'],
])("%s is refused in regcomp's words", (source, words) => {
  expect(() => compileRegex(source, { syntax: 'extended' })).toThrow(new RegexError(words))
})

test('a basic repetition of a repetition is refused as glibc refuses it', () => {
  for (const source of ['a**', 'a\\{1\\}\\{2\\}']) {
    expect(() => compileRegex(source, { syntax: 'basic' })).toThrow(
      new RegexError('Invalid preceding regular expression'),
    )
  }
  expect(find('a*\\?b', 'aab', { basic: true })).toBe('aab')
})

test('newline: anchors stand at lines, and neither . nor [^x] goes over one', () => {
  const ends = (source: string, text: string) => {
    const match = compileRegex(source, { syntax: 'extended', newline: true }).exec(text)
    return match && [match.start, match.end]
  }
  expect(ends('^b$', 'a\nb\nc')).toEqual([2, 3])
  expect(ends('a.b', 'a\nb')).toBeUndefined()
  expect(ends('a[^x]b', 'a\nb')).toBeUndefined()
  expect(ends('(^b|x)+$', 'a\nbx\nc')).toEqual([2, 4])
  expect(compileRegex('^b', { syntax: 'extended' }).test('a\nb')).toBe(false)
})

test('where a search begins', () => {
  const regex = compileRegex('^a|(b|bc)+', { syntax: 'extended' })
  expect(regex.exec('aabcb')).toMatchObject({ start: 0, end: 1 })
  expect(regex.exec('aabcb', 1)).toEqual({ start: 2, end: 5, groups: [[4, 5]] })
  expect(regex.exec('ax', 0, { notBol: true })).toBeUndefined()
  expect(compileRegex('^a', { syntax: 'basic' }).exec('ax', 0, { notBol: true })).toBeUndefined()
  expect(compileRegex('\\<b', { syntax: 'basic' }).exec('ab b', 1)).toMatchObject({ start: 3 })
})

test('what kills a backtracker is linear here', () => {
  const text = 'a'.repeat(100_000)
  const started = performance.now()
  expect(find('(a|aa)+$', text)?.length).toBeGreaterThan(100_000)
  for (const source of ['(a*)*b', '(a|a)*b', 'a*a*a*b', '.*.*=.*', '(x+x+)+y|a*b', '[^b]*b', '(a?){50}a{50}b']) {
    expect(find(source, text)).toBeUndefined()
  }
  expect(performance.now() - started).toBeLessThan(20_000)
})

test('every match of a long line in linear time', () => {
  const regex = compileRegex('a|b.*c', { syntax: 'extended' })
  const text = 'ab'.repeat(50_000)
  let count = 0
  for (let match = regex.exec(text); match; match = regex.exec(text, match.end)) count++
  expect(count).toBe(50_000)
})

test('a back-reference that would take for ever is refused', () => {
  expect(() => find('(a*)*(a*)*\\1\\2b', 'a'.repeat(3000))).toThrow(new RegexError('Memory exhausted'))
})

/** Of one kind, so that how a match is divided among groups does not matter: only the whole is compared. */
const extended = fc.letrec<{ whole: string }>(tie => ({
  whole: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', 'ab', '\\<', '\\>', 'c'),
    fc.tuple(tie('whole'), tie('whole')).map(([one, other]) => one + other),
    fc.tuple(tie('whole'), tie('whole')).map(([one, other]) => `(${one}|${other})`),
    fc.tuple(tie('whole'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}')).map(([one, sign]) => `(${one})${sign}`),
    fc
      .tuple(fc.constantFrom('a', 'b', '.', '[bc]'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}'))
      .map(parts => parts.join('')),
    tie('whole').map(one => `(^${one})`),
    tie('whole').map(one => `(${one}$)`),
  ),
})).whole
const subject = fc.string({ unit: fc.constantFrom(...'abc '), maxLength: 9 })
const hasBusybox = spawnSync('busybox', ['true']).status === 0

test.skipIf(!hasBusybox)('busybox agrees (skipped where there is no busybox)', () => {
  for (const [source, text] of fc.sample(fc.tuple(extended, subject), { numRuns: 150, seed: 11 })) {
    const match = compileRegex(source, { syntax: 'extended' }).exec(text)
    const ours = match
      ? `${text.slice(0, match.start)}{${text.slice(match.start, match.end)}}${text.slice(match.end)}`
      : text
    const theirs = spawnSync('busybox', ['sed', '-E', `s/${source}/{&}/`], {
      input: `${text}\n`,
      encoding: 'utf8',
    }).stdout
    expect([source, text, `${ours}\n`]).toEqual([source, text, theirs])
  }
})

/** Things in a row, which a RegExp of JavaScript may be asked for: the automaton must say the same. */
const row = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom('a', 'b', '[ab]', '[^b]', '.'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}'))
        .map(parts => parts.join('')),
      fc.constantFrom('(a|b)', '(ab|ba)', '(a*)', '(b?)', '(b(a+))', '^', '$', '(a|bc)', '\\<', '\\>', '\\b', '\\B'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts => parts.join(''))

test('both ways to search agree, groups and all', () => {
  fc.assert(
    fc.property(row, subject, fc.integer({ min: 0, max: 3 }), (source, text, from) => {
      if (/[$^<>Bb](?:[*+?{])/.test(source)) return
      // An alternative that nothing matches keeps the whole from being translated.
      const translated = compileRegex(source, { syntax: 'extended' }).exec(text, Math.min(from, text.length))
      const simulated = compileRegex(`(${source}|\udcff\udcfe)`, { syntax: 'extended' }).exec(
        text,
        Math.min(from, text.length),
      )
      expect(translated).toEqual(simulated && { ...simulated, groups: simulated.groups.slice(1) })
    }),
    { numRuns: 3000 },
  )
})
