import { formatPrintf, type MoreConversions, type PrintedPiece } from '../../../applets/printf.ts'
import { decode, encode } from '../../../lib/bytes.ts'
import { strftime } from '../../../lib/strftime.ts'
import { parseTimeZone } from '../../../lib/time-zone.ts'
import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { ExpansionError } from '../../expansion-error.ts'
import type { Shell } from '../../shell.ts'
import { isName } from '../../state/variables.ts'
import { splitElement } from '../arrays.ts'
import { quoteByBackslash } from '../quoting.ts'
import { assignTarget } from '../target.ts'

/** POSIX's, with %q, %Q, %(format)T, and -v. */
export default builtin({
  name: 'printf',
  pure: true,
  raw: true,
  about: 'Print operands by a format, as C does, or keep what would be printed in a variable',
  operands: '[-v NAME] FORMAT [ARG]...',
  main({ shell, operands }) {
    const { name, args } = readOptions(operands)
    if (args === undefined || args.length === 0) {
      shell.say('printf: usage: printf [-v var] format [arguments]\n')
      return 2
    }
    if (name !== undefined && !isName(name) && !splitElement(name)) {
      throw new ExpansionError(`\`${name}': not a valid identifier`, 2)
    }
    const { text, complaints, pieces } = formatPrintf(args, conversions(shell))
    if (name !== undefined) {
      for (const complaint of complaints) shell.complain(complaint)
      assignTarget(shell, name, text)
      return complaints.length === 0 ? 0 : 1
    }
    return complaints.length === 0 ? print(shell, text) : printPieces(shell, pieces)
  },
})

function readOptions(words: readonly string[]): { name?: string; args?: readonly string[] } {
  const [first, second] = words
  if (first === '-v') return second === undefined ? {} : { name: second, args: afterDashes(words.slice(2)) }
  if (first?.startsWith('-v')) return { name: first.slice(2), args: afterDashes(words.slice(1)) }
  return { args: afterDashes(words) }
}

function afterDashes(words: readonly string[]): readonly string[] {
  return words[0] === '--' ? words.slice(1) : words
}

function conversions(shell: Shell): MoreConversions {
  return {
    conversion: /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlLjztq]*?([diouxXeEfFgGaAcsbqQ%]|(?=\())(?:\(([^)]*)\)T)?/y,
    convert(letter, word, argument) {
      if (letter === 'q' || letter === 'Q') return quoteByBackslash(word())
      // The first byte, whatever it is a part of.
      if (letter === 'c') return decode(encode(word()).subarray(0, 1))
      if (letter !== '' || argument === undefined) return undefined
      const at = word()
      const seconds =
        at === '' || at === '-1' ? now(shell) : at === '-2' ? begun(shell) : BigInt(Math.trunc(Number(at)) || 0)
      const format = argument === '' ? '%X' : argument
      return strftime(format, seconds * 1_000_000_000n, parseTimeZone(zoneOf(shell)))
    },
  }
}

/** Of the environment only. */
function zoneOf(shell: Shell): string | undefined {
  const zone = shell.variables.lookup('TZ')
  return zone?.isExported ? zone.value : undefined
}

function now(shell: Shell): bigint {
  return BigInt(Math.floor(shell.proc.kernel.clock.now() / 1000))
}

function begun(shell: Shell): bigint {
  return BigInt(Math.floor((shell.bash?.begun ?? 0) / 1000))
}

async function printPieces(shell: Shell, pieces: readonly PrintedPiece[]): Promise<number> {
  for (const { text, complaint } of pieces) {
    await shell.proc.stdout.write(text)
    if (complaint !== undefined) shell.complain(complaint)
  }
  return 1
}
