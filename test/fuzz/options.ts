// Random command lines of the commands that scripts use most, made from their own declarations, over files that are always
// the same.

import fc from 'fast-check'
import type { Applet } from '../../applets/applet.ts'
import { applets } from '../../applets/index.ts'
import type { Option } from '../../lib/options.ts'
import { COMMANDS } from './commands.ts'

export const FILES: ReadonlyMap<string, string> = new Map([
  ['words', 'pear\napple\nfig\n\napple\nBanana\nfig 10\nfig 9\n'],
  ['table', 'a:1:x\nb:22:y\nc:3:\n:4:z\n'],
  ['tabs', 'a\tb\tc\n  lead\n\ttab\nlong line of text that is longer than most of the lines here\n'],
  ['numbers', '10\n9\n2\n-1\n0x1F\n1e3\n3K\n2M\n'],
  ['noend', 'one\ntwo'],
  ['empty', ''],
])

/** What every draw finds beside the files. */
export const SETUP = 'mkdir dir; echo in > dir/inner; ln -s words link; ln -s nowhere broken; chmod 600 table'

const argument = fc.constantFrom(
  ...['1', '2', '3', '0', '-1', 'x', ':', '1-2', '2-', 'd', '1,3', 'a', '', '10', '2n', 'fig', '\\t'],
)
const operand = fc.constantFrom(
  ...[...FILES.keys(), 'missing', '-', '3', 'a.c', 'a+b', 'fig', 'dir', 'link', 'broken', 'dir/inner', 'new'],
)

const drawn = applets.filter(applet => COMMANDS.has(applet.name))

/** A command line for each name of an option, which a busybox that lacks it answers by naming it. */
export function probes(): Map<string, string> {
  const lines = drawn.flatMap(({ name, options }) =>
    Object.values(options).flatMap(option =>
      option.names.map(each => {
        const shown = each.replace('NUM', '2')
        return [
          `${name} ${each}`,
          `${name} ${shown}${option.argument === undefined ? '' : ' 1'} --no-such-option`,
        ] as const
      }),
    ),
  )
  return new Map(lines)
}

/** Without the names of options that the real one was built without: `grep -G`. */
export function commandLines(lacking: ReadonlySet<string>): fc.Arbitrary<string> {
  return fc
    .constantFrom(...drawn)
    .chain(applet => commandLine(applet, lacking))
    .map(line => `${line} </tmp/box/words`)
}

function commandLine(applet: Applet, lacking: ReadonlySet<string>): fc.Arbitrary<string> {
  const { leftOut = [], options = [], first, operands = operand, most = 3, tail } = COMMANDS.get(applet.name) ?? {}
  const declared = Object.values(applet.options)
    .filter(option => !option.names.some(each => leftOut.includes(each)))
    .map(option => ({ ...option, names: option.names.filter(each => !lacking.has(`${applet.name} ${each}`)) }))
    .filter(option => option.names.length > 0)
  const choices = [...declared.map(optionText), ...options.map(text => fc.constant(text))]
  const given = choices.length === 0 ? fc.constant('') : fc.oneof(...choices)
  const flags = fc.array(given, { maxLength: 3 })
  if (tail) return fc.tuple(flags, tail).map(([some, rest]) => [applet.name, ...some, rest].join(' '))
  const before = first ? fc.constantFrom(...first).map(quote) : fc.constant('')
  return fc
    .tuple(flags, before, fc.array(operands, { maxLength: most }))
    .map(([some, start, rest]) =>
      [applet.name, ...some, start, ...rest.map(quote)].filter(text => text !== '').join(' '),
    )
}

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
