import { evaluateTest, TestError, type TestOptions } from '../../applets/test.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, builtin } from './builtin.ts'

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
    main: ({ shell, argv }) => run(shell, argv),
  })
  // What loops do most: it takes no detour.
  const run = (shell: Shell, argv: readonly string[]): number => {
    if (argv[argv.length - 1] === end) return judge(shell, argv.slice(1, -1), how)
    shell.complainBriefly(`missing ${end}`)
    return 2
  }
  return { ...declared, run }
}

function judge(shell: Shell, words: readonly string[], how?: TestOptions): number {
  try {
    return evaluateTest(words, shell.proc, how) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    shell.complainBriefly(error.message)
    return 2
  }
}
