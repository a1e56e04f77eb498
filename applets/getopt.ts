import { flag, list, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { GetoptParser } from './getopt-parser.ts'

/** getopt, as in util-linux and busybox: options of a script are put in order and quoted. */
export default applet({
  name: 'getopt',
  about: "Put PARAMETERS in order as a script's options",
  operands: '[--] [OPTSTRING] PARAMETERS',
  stopAtOperand: true,
  options: {
    alternative: flag('-a --alternative', 'Long options may begin with one -'),
    long: list('-l --longoptions', 'NAME[,...]', 'Long options to know'),
    name: text('-n --name', 'NAME', 'Whose errors they are'),
    short: text('-o --options', 'OPTSTRING', 'Short options to know'),
    quiet: flag('-q --quiet', 'No errors'),
    quietOutput: flag('-Q --quiet-output', 'No output'),
    shell: text('-s --shell', 'SHELL', 'Quote for sh, bash, csh or tcsh', 'bash'),
    test: flag('-T --test', 'Only end with status 4'),
    unquoted: flag('-u --unquoted', 'Do not quote'),
  },
  notes: ['An OPTSTRING letter is followed by : when it takes an argument, by :: when it may.'],
  async main({ proc, options, operands, warn }) {
    // busybox: GETOPT_COMPATIBLE alone is the old form.
    const isOld = proc.env.has('GETOPT_COMPATIBLE') || (proc.argv[1] !== undefined && !proc.argv[1].startsWith('-'))
    if (options.test) return isOld ? 0 : 4
    if (proc.argv.length === 1) {
      if (proc.env.has('GETOPT_COMPATIBLE')) {
        await proc.stdout.line(' --')
        return 0
      }
      throw new Failure('missing optstring argument')
    }
    const isCsh = /^t?csh$/.test(options.shell)
    if (!isCsh && !['sh', 'bash'].includes(options.shell)) warn(`unknown shell '${options.shell}', assuming bash`)
    const rest = [...operands]
    const short = options.short ?? rest.shift()
    if (short === undefined) throw new Failure('missing optstring argument')
    const parser = new GetoptParser(
      short,
      options.long.flatMap(names => names.split(/[,\s]+/)),
      {
        isAlternative: options.alternative,
        stopsAtOperand: proc.env.has('POSIXLY_CORRECT'),
      },
    )
    const quote = isOld || options.unquoted ? (word: string) => word : isCsh ? quoteCsh : quoteSh
    const result = parser.parse(rest)
    const name = options.name ?? 'getopt'
    if (!options.quiet) for (const message of result.errors) await proc.stderr.line(`${name}: ${message}`)
    const words = result.words.map(({ text, isArgument }) => (isArgument ? quote(text) : text))
    const line = [...words, '--', ...result.operands.map(quote)]
    if (!options.quietOutput) await proc.stdout.line(` ${line.join(' ')}`)
    return result.errors.length > 0 ? 1 : 0
  },
})

function quoteSh(word: string): string {
  return `'${word.replace(/'/g, "'\\''")}'`
}

function quoteCsh(word: string): string {
  const inside = word.replace(/['\\!\n]|\s/g, character => {
    if (character === "'") return "'\\''"
    if (character === '!') return "'\\!'"
    if (character === '\\') return '\\\\'
    return character === '\n' ? '\\n' : `'\\${character}'`
  })
  return `'${inside}'`
}
