import { flag, parseNumber, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { statOf, succeeds } from './refused.ts'

export default applet({
  name: 'truncate',
  about: 'Set the size of files',
  operands: 'FILE...',
  least: 1,
  options: {
    noCreate: flag('-c', "Don't make files"),
    size: text('-s', 'SIZE', 'The size; +, -, <, >, / and % before it are relative'),
  },
  main({ proc, options, operands, warn }) {
    if (options.size === undefined) throw new UsageError('')
    const [, sign = '', amount = ''] = /^([-+<>/%]?)(.*)$/.exec(options.size) ?? []
    const number = parseNumber(amount, { hasSuffix: true })
    for (const path of operands) {
      const stat = statOf(proc, path)
      if (!stat && options.noCreate) continue
      succeeds(warn, `${path}: open`, () => {
        if (!stat) proc.mknod(path, 'file')
        proc.truncate(path, sizeFor(sign, number, stat?.size ?? 0))
      })
    }
  },
})

function sizeFor(sign: string, number: number, size: number): number {
  switch (sign) {
    case '+':
      return size + number
    case '-':
      return Math.max(0, size - number)
    case '<':
      return Math.min(size, number)
    case '>':
      return Math.max(size, number)
    case '/':
      return Math.floor(size / number) * number
    case '%':
      return Math.ceil(size / number) * number
    default:
      return number
  }
}
