// The escapes of PS1 and PS2, as busybox ash has them; \d, \D and \# are bash's.

export interface PromptContext {
  readonly user: string
  readonly hostname: string
  /** The working directory, as $PWD. */
  readonly directory: string
  /** $HOME; the directory is shown from there as ~. */
  readonly home: string | undefined
  readonly isRoot: boolean
  /** The number that the line will have in the history, and among this shell's commands. */
  readonly historyNumber: number
  readonly commandNumber: number
  /** Now, by strftime's format. */
  time(format: string): string
}

/** \[ and \] become \x01 and \x02, which tell the editor what takes no columns. */
export function expandPrompt(prompt: string, context: PromptContext): string {
  const escapes = /\\(D\{[^}]*\}|x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S]?)/g
  return prompt.replace(escapes, (_, sequence: string) => expandEscape(sequence, context))
}

function expandEscape(sequence: string, context: PromptContext): string {
  const first = sequence[0] ?? ''
  if (first === 'D' && sequence.length > 1) return context.time(sequence.slice(2, -1) || '%H:%M:%S')
  if (first === 'x' && sequence.length > 1) return String.fromCharCode(Number.parseInt(sequence.slice(1), 16))
  if (/^[0-7]/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence, 8) & 255)
  // busybox: an escape that is none loses its backslash; one at the end stays.
  return SIMPLE.get(first)?.(context) ?? (sequence || '\\')
}

const SIMPLE: ReadonlyMap<string, (context: PromptContext) => string> = new Map<
  string,
  (context: PromptContext) => string
>([
  ['u', context => context.user],
  ['h', context => context.hostname.replace(/\..*/, '')],
  ['H', context => context.hostname],
  ['w', shownDirectory],
  ['W', context => lastComponent(shownDirectory(context))],
  ['$', context => (context.isRoot ? '#' : '$')],
  ['t', context => context.time('%H:%M:%S')],
  ['T', context => context.time('%I:%M:%S')],
  ['@', context => context.time('%I:%M %p')],
  ['A', context => context.time('%H:%M')],
  ['d', context => context.time('%a %b %e')],
  ['!', context => String(context.historyNumber)],
  ['#', context => String(context.commandNumber)],
  ['e', () => '\x1b'],
  ['E', () => '\x1b'],
  ['a', () => '\x07'],
  ['b', () => '\b'],
  ['f', () => '\f'],
  ['n', () => '\n'],
  ['r', () => '\r'],
  ['v', () => '\v'],
  ['\\', () => '\\'],
  ['[', () => '\x01'],
  [']', () => '\x02'],
])

function shownDirectory({ directory, home }: PromptContext): string {
  if (home === undefined || home === '' || home === '/') return directory
  if (directory === home) return '~'
  return directory.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory
}

/** differs: busybox shows nothing for the root directory. */
function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path
}
