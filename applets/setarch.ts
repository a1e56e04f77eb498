import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

const KNOWN = ['linux32', 'linux64', 'x86_64', 'i386', 'i486', 'i586', 'i686', 'aarch64', 'arm64']

/** setarch, linux32 and linux64: the machine stays what it is. */
export default applet({
  name: 'setarch',
  aliases: ['linux32', 'linux64'],
  about: 'Run PROG (by default the shell) as on another machine',
  operands: '[PERSONALITY] [PROG ARGS]',
  stopAtOperand: true,
  options: { noRandom: flag('-R', 'Accepted: addresses are not random') },
  notes: ['The machine that uname tells of stays as it is.'],
  main({ proc, operands }) {
    const isSetarch = /setarch$/.test(proc.argv[0] ?? '')
    const [personality = '', ...rest] = isSetarch ? operands : ['linux64', ...operands]
    if (!KNOWN.includes(personality)) throw new Failure(`unknown personality '${personality}'`)
    return execOrFail(proc, rest.length > 0 ? rest : ['/bin/sh'])
  },
})
