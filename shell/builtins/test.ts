import type { Shell } from '../shell.ts'
import { type Builtin, builtin } from './builtin.ts'
import { BINARY, evaluateTest, TestError, type TestOptions } from './evaluate-test.ts'

export default builtin({
  name: 'test',
  pure: true,
  raw: true,
  about: 'Test files, texts and numbers',
  operands: 'EXPRESSION',
  main: ({ shell, operands }) => judge(shell, operands),
})

export const bracket: Builtin = bracketed('[', ']', {})

/** ash's `[[`: a utility, for which the parser writes -a and -o; its patterns come as their text. */
export const doubleBracket: Builtin = bracketed('[[', ']]', { isDouble: true })

function bracketed(name: string, end: string, how: TestOptions): Builtin {
  const declared = builtin({
    name,
    pure: true,
    raw: true,
    about: 'Test files, texts and numbers',
    operands: `EXPRESSION ${end}`,
    main({ shell, argv }) {
      if (argv[argv.length - 1] === end) return judge(shell, argv.slice(1, -1), how)
      shell.complainBriefly(`missing ${end}`)
      return 2
    },
  })
  if (how.isDouble) return declared
  // What loops do most, `[ a -lt b ]`, takes no detour.
  const run: Builtin['run'] = (shell, argv) =>
    argv.length === 5 && argv[4] === end ? judgeBinary(shell, argv) : declared.run(shell, argv)
  return { ...declared, run }
}

function judgeBinary(shell: Shell, argv: readonly string[]): number {
  const compare = BINARY.get(argv[2]!)
  if (!compare) return judge(shell, argv.slice(1, -1))
  try {
    return compare(argv[1]!, argv[3]!, shell) ? 0 : 1
  } catch (error) {
    return refuse(shell, error)
  }
}

function judge(shell: Shell, words: readonly string[], how?: TestOptions): number {
  try {
    return evaluateTest(shell, words, how) ? 0 : 1
  } catch (error) {
    return refuse(shell, error)
  }
}

function refuse(shell: Shell, error: unknown): number {
  if (!(error instanceof TestError)) throw error
  shell.complainBriefly(error.message)
  return 2
}
