// Why a random script may answer otherwise under ours than under dash and under ash: each with what it looks like.

import type { Answer } from './real-shells.ts'

export interface Compared {
  readonly script: string
  readonly ours: Answer
  readonly dash: Answer
  readonly ash: Answer
}

export interface Difference {
  readonly reason: string
  readonly explains: (found: Compared) => boolean
}

export const DIFFERENCES: readonly Difference[] = [
  {
    reason: 'ash takes no assignment and no second ?: between ? and :, where C and dash do',
    explains: ({ ash }) => /malformed \?: operator/.test(ash.stderr ?? ''),
  },
  {
    reason: 'ash evaluates what stands in the branch of ?:, && or || that is not taken; C and dash do not',
    explains: ({ ash, ours, script }) =>
      /arithmetic syntax error|divide by zero/.test(ash.stderr ?? '') &&
      !/arithmetic syntax error|divide by zero/.test(ours.stderr ?? '') &&
      /\?|&&|\|\|/.test(script),
  },
  {
    reason:
      '$@ and $* without parameters are unset for ${@-word} and ${@+word}, as in bash and mksh; dash and ash count them as set',
    explains: ({ script }) => /\$\{[@*][-+]/.test(script),
  },
  {
    reason: 'test knows the file operator -a, and of four words the first ! turns the other three, as in bash',
    explains: ({ script, ash, ours }) =>
      /\btest\b.*-[ao]/.test(script) &&
      /unknown operand|argument expected/.test((ash.stderr ?? '') + (ours.stderr ?? '')),
  },
]
