// Random option lists of the text commands, made from their own declarations, over files that are always the same.

import fc from 'fast-check'
import { applets } from '../../applets/index.ts'
import type { Option } from '../../lib/options.ts'

export const FILES: ReadonlyMap<string, string> = new Map([
  ['words', 'pear\napple\nfig\n\napple\nBanana\nfig 10\nfig 9\n'],
  ['table', 'a:1:x\nb:22:y\nc:3:\n:4:z\n'],
  ['tabs', 'a\tb\tc\n  lead\n\ttab\nlong line of text that is longer than most of the lines here\n'],
  ['numbers', '10\n9\n2\n-1\n0x1F\n1e3\n3K\n2M\n'],
  ['noend', 'one\ntwo'],
  ['empty', ''],
])

/** Commands that only read, and whose output depends on nothing else. */
const NAMES = [
  'cat',
  'head',
  'tail',
  'cut',
  'sort',
  'uniq',
  'wc',
  'nl',
  'od',
  'fold',
  'paste',
  'expand',
  'unexpand',
  'tac',
  'rev',
  'comm',
  'cmp',
  'diff',
  'strings',
  'base64',
  'cksum',
  'md5sum',
  'sha1sum',
  'sha256sum',
  'seq',
  'basename',
  'dirname',
  'printf',
  'grep',
  'tr',
  'expr',
]

/** Those that go on for ever, or print what differs from machine to machine. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  tail: ['-f', '-F', '--follow', '--retry', '-s', '--pid'],
}

const argument = fc.constantFrom(
  '1',
  '2',
  '3',
  '0',
  '-1',
  'x',
  ':',
  '1-2',
  '2-',
  'd',
  '1,3',
  'a',
  '',
  '10',
  '2n',
  'fig',
  '\\t',
)
const operand = fc.constantFrom(...FILES.keys(), 'missing', '-', '3', 'a.c', 'a+b', 'fig')

export const commandLines: fc.Arbitrary<string> = fc
  .constantFrom(...applets.filter(applet => NAMES.includes(applet.name)))
  .chain(applet => {
    const left = LEFT_OUT[applet.name] ?? []
    const options = Object.values(applet.options).filter(option => !option.names.some(each => left.includes(each)))
    const given = options.length === 0 ? fc.constant('') : fc.constantFrom(...options).chain(optionText)
    return fc
      .tuple(fc.array(given, { maxLength: 3 }), fc.array(operand, { maxLength: 3 }))
      .map(([flags, operands]) => [applet.name, ...flags, ...operands.map(quote)].filter(text => text !== '').join(' '))
  })
  .map(line => `${line} </tmp/box/words`)

function optionText(option: Option<unknown>): fc.Arbitrary<string> {
  const names = option.names.map(each => each.replace('NUM', '2'))
  return fc.tuple(fc.constantFrom(...names), argument).map(([name, value]) => {
    if (option.argument === undefined) return name
    if (name.startsWith('--')) return `${name}=${quote(value)}`
    return option.isOptional ? `${name}${quote(value)}` : `${name} ${quote(value)}`
  })
}

function quote(text: string): string {
  return /^[\w./:+-]+$/.test(text) ? text : `'${text}'`
}
