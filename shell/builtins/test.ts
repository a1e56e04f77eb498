import type { Shell } from '../shell.ts'
import { type Builtin, builtin } from './builtin.ts'
import { evaluateTest, TestError, type TestOptions } from './evaluate-test.ts'

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
  return builtin({
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
}

function judge(shell: Shell, words: readonly string[], how?: TestOptions): number {
  try {
    return evaluateTest(shell, words, how) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    shell.complainBriefly(error.message)
    return 2
  }
}
