import { SysError } from '../kernel/errno.ts'
import { flag, list } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execCommand } from './run-command.ts'

export default applet({
  name: 'env',
  about: 'Print the environment, or run a program in a changed one',
  operands: '[NAME=VALUE]... [PROG ARGS]',
  stopAtOperand: true,
  options: {
    ignore: flag('-i --ignore-environment', 'Begin with an empty environment'),
    zero: flag('-0 --null', 'Lines end in NUL'),
    unset: list('-u --unset', 'NAME', 'Without NAME'),
  },
  async main({ proc, options, operands }) {
    let at = 0
    const isEmpty = options.ignore || operands[0] === '-'
    if (operands[0] === '-') at++
    const env = new Map(isEmpty ? [] : proc.env)
    for (const name of options.unset) env.delete(name)
    for (; at < operands.length && operands[at]!.includes('='); at++) {
      const [name = '', ...value] = operands[at]!.split('=')
      env.set(name, value.join('='))
    }
    const argv = operands.slice(at)
    if (argv.length === 0) {
      for (const [name, value] of env) await proc.stdout.write(`${name}=${value}${options.zero ? '\0' : '\n'}`)
      return 0
    }
    proc.env = env
    try {
      execCommand(proc, argv)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't execute '${argv[0]}': ${error.message}`, error.errno === 'ENOENT' ? 127 : 126)
    }
  },
})
