import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from '../../lib/bytes.ts'
import { unescapeText } from '../../lib/escapes.ts'

const hasBusybox = spawnSync('busybox', ['true']).status === 0

test.each([
  ['a\\x41\\101\\n', 'aAA\n'],
  ['\\303\\251', 'é'],
  ['\\377x', '\udcffx'],
  ['\\xc3\\xa9\\xc3', 'é\udcc3'],
  ['\\q\\x\\xg\\8\\', '\\q\\x\\xg\\8\\'],
  ['\\0101', '\b1'],
  ['\\400', ' 0'],
  ['\\u00e9', '\\u00e9'],
])('%j in a format', (text, result) => {
  expect(unescapeText(text, { zeroOctal: false })).toEqual({ text: result, isEnd: false })
})

test('the ends, the zeros and the characters of others', () => {
  expect(unescapeText('a\\303\\251\\cb', { zeroOctal: true })).toEqual({ text: 'aé', isEnd: true })
  expect(unescapeText('\\0101\\0\\0400', { zeroOctal: true }).text).toBe('A\0 0')
  expect(unescapeText('\\u00e9\\U0001F600\\u', { zeroOctal: true, unicode: true }).text).toBe('é😀\\u')
  expect(unescapeText('\\UFFFFFFFF', { zeroOctal: true, unicode: true }).text).toBe('\\UFFFFFFFF')
})

test.skipIf(!hasBusybox)('busybox agrees (skipped where there is no busybox)', () => {
  const piece = fc.constantFrom('\\', '\\0', '\\x', '4', '7', '1', '8', 'a', 'f', 'g', 'n', 'e', 'c', '\\3', '\\40')
  const texts = fc
    .sample(fc.array(piece, { minLength: 1, maxLength: 7 }), { numRuns: 400, seed: 4 })
    .map(parts => parts.join(''))
  const isQuotable = (text: string) => !/\\c/.test(text)
  const kept = texts.filter(isQuotable)
  const script = kept.map(text => `echo -ne '${text}'; echo -n '@@'; printf '${text}'; echo -n '@@'`).join('\n')
  const answers = decode(spawnSync('busybox', ['ash', '-s'], { input: script }).stdout).split('@@')
  kept.forEach((text, i) => {
    const ours = [unescapeText(text, { zeroOctal: true }).text, unescapeText(text, { zeroOctal: false }).text]
    expect([text, ...ours]).toEqual([text, answers[2 * i], answers[2 * i + 1]])
  })
})
