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
    explains: ({ ash, script }) =>
      /malformed \?: operator/.test(ash.stdout + ash.stderr) || /\?[^:]*(\w=|\?)/.test(script),
  },
  {
    reason: 'ash evaluates what stands in the branch of ?:, && or || that is not taken; C and dash do not',
    explains: ({ ash, ours }) =>
      ARITHMETIC.test(ash.stdout + ash.stderr) && !ARITHMETIC.test(ours.stdout + ours.stderr),
  },
  {
    reason:
      '$@ and $* without parameters are unset for ${@-word} and ${@+word}, as in bash and mksh; dash and ash count them as set',
    explains: ({ script }) => /\$\{[@*][-+]/.test(script),
  },
  {
    reason: '${#@} and ${#*} count the parameters, as bash and mksh do; dash and ash give the length of "$*"',
    explains: ({ script }) => /\$\{#[@*]\}/.test(script),
  },
  {
    reason: 'busybox 1.35 does not end in ${x//*/y}',
    explains: ({ ash, script }) => ash.status === 137 && /\/\*\//.test(script),
  },
  {
    reason: 'an empty value is matched by * in ${x/*/y}, as in bash; ash replaces nothing in it',
    explains: ({ script }) => /\$\{\w+\/\/?[^}]*\*[^}]*\/./.test(script),
  },
  {
    reason: 'test knows the file operator -a, and of four words the first ! turns the other three, as in bash',
    explains: ({ script }) => /\btest\b.* '?-[ao]\b/.test(script),
  },
  {
    reason: 'text is UTF-8, so é is a letter; dash and ash were run without a locale',
    explains: ({ script }) => script.includes('é') && /\[\[:|\?|#/.test(script),
  },
  {
    reason: '! return leaves a function or a file with the status that was asked for, as in dash; ash turns it',
    explains: ({ script }) => /! return/.test(script),
  },
  {
    reason: 'test names the script in its messages, where busybox names the program that runs it',
    explains: ({ ash, ours }) => ash.stdout.replace(/^sh: /gm, '') === ours.stdout.replace(/^\/tmp\/box\/\d+: /gm, ''),
  },
  {
    reason: 'ash runs an EXIT trap that a stage of a pipeline sets after the redirections around it are gone',
    explains: ({ script, ash }) => /trap .*(EXIT|0) \|/.test(script) && ash.stdout.startsWith('t'),
  },
  {
    reason: 'a shell that kills itself within a pipeline or a substitution: what its children still print is chance',
    explains: ({ script, ours, ash }) =>
      ours.status === ash.status && ours.status > 128 && /kill -(USR1|s TERM) \$\$/.test(script),
  },
]

const ARITHMETIC = /arithmetic syntax error|divide by zero/
