import { describe, expect, it } from 'vitest'
import { compileGoRegex } from '../../lib/regex/go.ts'

/** Checked with Go 1.19's regexp.MatchString. */
const cases: readonly [source: string, text: string, matches: boolean][] = [
  ['b', 'abc', true],
  ['^b', 'a\nb', false],
  ['(?m)^b', 'a\nb', true],
  ['a$', 'a\n', false],
  ['(?m)a$', 'a\n', true],
  ['a.b', 'a\nb', false],
  ['(?s)a.b', 'a\nb', true],
  ['(?i)Hello', 'say HELLO', true],
  ['(?i:h)ello', 'HELLO', false],
  ['(?i:h)ello', 'Hello', true],
  ['(?i)a(?-i)b', 'AB', false],
  ['(?i)[a-c]+z', 'ABCZ', true],
  ['\\d{2,3}', 'a1b', false],
  ['^\\d{4}-\\d{2}$', '2024-01', true],
  ['a{,2}', 'a{,2}', true],
  ['x*?y', 'xxy', true],
  ['[[:alpha:]_]+', '123', false],
  ['[^[:space:]]', ' \n', false],
  ['[\\d\\-]+$', '1-2', true],
  ['[]a]', ']', true],
  ['[a-]', '-', true],
  ['\\Qa.b\\E+', 'a.bbb', true],
  ['\\Qa.b\\E', 'axb', false],
  ['\\x41\\x{42}\\103', 'ABC', true],
  ['\\bfoo\\b', 'a foo b', true],
  ['\\bfoo\\b', 'afoo', false],
  ['(?P<name>a|bc)+d', 'abcad', true],
  ['\\p{Lu}\\PL', 'É1', true],
  ['\\p{Greek}', 'λ', true],
  ['\\AGo\\z', 'Go', true],
  ['', '', true],
  ['a||b', '', true],
  ['.*(FOO|BAR)=keepit(secret|safe)!.*', 'X=1\nBAR=keepitsafe!\n', true],
  ['[a-z]+-2\\.1\\.*', 'test-2.1.8', true],
]

describe('regular expressions of Go', () => {
  it.each(cases)('%j in %j: %j', (source, text, matches) => {
    expect(compileGoRegex(source)(text)).toBe(matches)
  })

  it.each([
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
  ])('%j is refused', (source, message) => {
    expect(() => compileGoRegex(source)).toThrow(`error parsing regexp: ${message}`)
  })

  it('takes time linear in the text', () => {
    const matches = compileGoRegex('(a*)*(a|aa)+$x')
    expect(matches('a'.repeat(200_000))).toBe(false)
  })
})
