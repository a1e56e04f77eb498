// Why a random script may answer otherwise under ours than under dash: each with what it looks like, and who is right.

import type { Answer } from './real-shells.ts'

export interface Compared {
  readonly script: string
  readonly ours: Answer
  readonly dash: Answer
  readonly ash: Answer
}

export interface Difference {
  readonly reason: string
  /** What POSIX or most shells say; `either`: it is left open, and we do as ash. */
  readonly right: 'ours' | 'dash' | 'either'
  readonly explains: (found: Compared) => boolean
}

/** The script with something harmless in the place of what is told otherwise: it must then be the same as under dash or ash. */
interface Avoidable extends Difference {
  readonly without: (script: string) => string
}

/** Ours is as ash, dash is not. */
export const AS_ASH: readonly Difference[] = [
  {
    reason: "dash's echo takes escapes such as \\t unasked",
    right: 'either',
    explains: ({ script, ours }) => /\becho\b/.test(script) && (ours.stdout.includes('\\') || /echo.*\\/.test(script)),
  },
  {
    reason: 'a redirection that fails has the status 1; 2 in dash',
    right: 'either',
    explains: ({ script, dash }) =>
      /cannot (open|create)|Bad file descriptor/.test(said(dash)) ||
      (isSilenced(script) && /nope|>&|<f|>f/.test(script)),
  },
  {
    reason: 'an expansion error in a here-document is its redirection failing: 1; 2 in dash',
    right: 'either',
    explains: ({ script, dash }) => script.includes('<<') && /: (parameter not set|gone)/.test(said(dash)),
  },
  {
    reason: 'shift by more than there are answers 1; in dash it ends the shell',
    right: 'either',
    explains: ({ dash, script }) =>
      said(dash).includes('shift that many') || (isSilenced(script) && /shift/.test(script)),
  },
  {
    reason: 'type says "function", where dash says "shell function"',
    right: 'either',
    explains: ({ dash, ours }) => ours.stdout === dash.stdout.replaceAll(' is a shell function', ' is a function'),
  },
  {
    reason: 'getopts empties OPTARG where there are no options; dash leaves it',
    right: 'ours',
    explains: ({ dash, ours }) => ours.stdout === dash.stdout.replace(/^1\?.+$/gm, '1?'),
  },
  {
    reason: '$- has a c for sh -c',
    right: 'either',
    explains: ({ script }) => /sh -\w*c[\s\S]*\$-/.test(script),
  },
  {
    reason: 'messages are worded otherwise',
    right: 'either',
    explains: ({ dash, ours }) => dash.status === ours.status && withoutMessages(dash) === withoutMessages(ours),
  },
  {
    reason:
      'dash takes a variable in arithmetic only when it holds a number; ash and POSIX take an expression, or 0 for none',
    right: 'ours',
    explains: ({ dash }) => /Illegal number|arithmetic expression/.test(said(dash)),
  },
  {
    reason: 'dash refuses ! ! where ash turns the status twice',
    right: 'either',
    explains: ({ dash }) => said(dash).includes('Syntax error: "!" unexpected'),
  },
  {
    reason: 'dash refuses n>&word as it reads when the word is no number or -',
    right: 'ours',
    explains: ({ dash }) => said(dash).includes('Bad fd number'),
  },
  {
    reason: 'a blank that a backslash quotes is kept where read leaves off; dash drops it and what follows',
    right: 'ours',
    explains: ({ script }) => /\bread (?!-r)/.test(script) && /\\\\ \\|\\ /.test(script),
  },
  {
    reason: 'printf takes an argument that is not there for an empty one, which is no number in busybox',
    right: 'dash',
    explains: ({ script, ash }) => /printf/.test(script) && /invalid number/.test(said(ash)),
  },
]

/** Ours is neither as dash nor as ash. */
export const AS_NEITHER: readonly Avoidable[] = [
  {
    reason: 'ash takes no assignment and no second ?: between ? and :, where C and dash do',
    right: 'ours',
    explains: ({ script }) => /\$\(\(.*\?.*(=|\?).*\)\)/.test(script),
    without: withoutArithmetic,
  },
  {
    reason: 'ash evaluates what stands in the branch of ?:, && or || that is not taken; C and dash do not',
    right: 'ours',
    explains: ({ ash, ours }) => ARITHMETIC.test(said(ash)) && !ARITHMETIC.test(said(ours)),
    without: withoutArithmetic,
  },
  {
    reason:
      '$@ and $* without parameters are unset for ${@-word} and ${@+word}, as in bash and mksh; dash and ash count them as set',
    right: 'either',
    explains: ({ script }) => /\$\{[@*][-+]/.test(script),
    without: script => script.replace(/\$\{[@*](?=[-+])/g, '${1:'),
  },
  {
    reason: 'test knows the file operator -a, and of four words the first ! turns the other three, as in bash',
    right: 'ours',
    explains: ({ script }) => /\btest\b.*('?-[ao]\b|'!')/.test(script),
    without: script => script.replace(/\btest\b.*('?-[ao]\b|'!').*?;/g, 'true;'),
  },
  {
    reason: 'text is UTF-8, so é is a letter; dash and ash were run without a locale',
    right: 'ours',
    explains: ({ script }) => script.includes('é') && /\[|\?|#/.test(script),
    without: script => script.replaceAll('é', 'e'),
  },
  {
    reason: "set without operands lists variables that are each shell's own: PS1, PPID, SHLVL; and IFS on one line",
    right: 'either',
    explains: ({ ours, dash }) => [ours, dash].every(({ stdout }) => stdout.includes("HOSTNAME='box'")),
    without: script => script.replace(/\bsh -c '(?=sh -c 'set)/g, "echo '"),
  },
  {
    reason: 'break and continue in a function leave no loop of its caller, as in dash; ash lets them',
    right: 'dash',
    explains: ({ script }) => /\(\) (if|for|[{(])[\s\S]*\b(break|continue)/.test(script),
    without: script => script.replace(/\b(break|continue)( 2)?/g, ':'),
  },
  {
    reason: '! return leaves a function or a file with the status that was asked for, as in dash; ash turns it',
    right: 'ours',
    explains: ({ script }) => /! return/.test(script),
    without: script => script.replaceAll('! return', 'return'),
  },
  {
    reason: 'ash runs an EXIT trap that a stage of a pipeline sets after the redirections around it are gone',
    right: 'ours',
    explains: ({ script }) => /trap .*(EXIT|0).* \|/.test(script),
    without: script => script.replace(/trap .*(EXIT|0).* \|/g, ': |'),
  },
  {
    reason: 'a shell that kills itself within a pipeline or a substitution: what its children still print is chance',
    right: 'either',
    explains: ({ script, ours, ash }) => ours.status === ash.status && ours.status > 128 && SUICIDE.test(script),
    without: script => script.replace(SUICIDE, 'exit 9'),
  },
  {
    reason:
      'a script on stdin is read no further than it is run, so that read takes its next line (POSIX XCU sh, STDIN)',
    right: 'ours',
    explains: ({ script }) => /\| sh -s/.test(script),
    without: script => script.replaceAll('| sh -s', '| cat #'),
  },
  {
    reason:
      'what eval runs and `.` reads is no exception to where set -e is ignored, as in bash and yash; dash and ash leave',
    right: 'ours',
    explains: ({ script }) => /(set|sh) -\w*e/.test(script) && /\. \.\/d|\beval\b/.test(script),
    without: script => script.replaceAll('. ./d', ':').replace(/\beval\b/g, ':'),
  },
  {
    reason: 'set -e holds in $(...) as in other subshells, as in dash, mksh and yash; ash lets it go there',
    right: 'ours',
    explains: ({ script }) => /(set|sh) -\w*e/.test(script) && /\$\(|`/.test(script),
    without: script => script.replace(/\bset -e(u?)/g, 'set -f$1'),
  },
  {
    reason: 'with set -u an unset variable in arithmetic is an error (POSIX XCU set -u); dash and ash take it for 0',
    right: 'ours',
    explains: ({ script, ours }) =>
      /set -\w*u|sh -e?u/.test(script) && (/parameter not set/.test(said(ours)) || isSilenced(script)),
    without: withoutArithmetic,
  },
  {
    reason: 'empty fields between others are kept where IFS begins with no blank, as in bash, mksh and yash',
    right: 'ours',
    explains: ({ script }) => /IFS=/.test(script),
    without: script => script.replace(/IFS=('[^']*'|"[^"]*"|\S+)/g, "IFS=' '"),
  },
]

/** What is told otherwise in it taken out, by all the reasons that may apply; undefined: no reason does. */
export function harmless(found: Compared): { readonly script: string; readonly known: Difference } | undefined {
  const known = AS_NEITHER.filter(each => each.explains(found))
  const [first] = known
  return first && { script: known.reduce((script, each) => each.without(script), found.script), known: first }
}

const SUICIDE = /kill -(USR1|s TERM) \$\$/g

function withoutArithmetic(script: string): string {
  return script.replace(/\$\(\(.*\)\)/g, '7')
}

const ARITHMETIC = /arithmetic syntax error|divide by zero/

/** A message may have gone to a file or nowhere. */
function isSilenced(script: string): boolean {
  return /2>|>&2|exec [35]>/.test(script)
}

function said({ stdout, stderr = '' }: Answer): string {
  return `${stdout}\n${stderr}`
}

function withoutMessages({ stdout }: Answer): string {
  return stdout.replace(/^.*(\/tmp\/box\/\d+|\bsh): .*\n/gm, '')
}
