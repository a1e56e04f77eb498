import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Shell } from '../../shell.ts'

const USAGE = 'bind: usage: bind [-lp] [-q name]'

/** The keys of the line editor are what they are: they can be listed, and what would change them is refused by name. */
export default builtin({
  name: 'bind',
  raw: true,
  about: 'List the keys of the line editor',
  operands: '[-lp] [-q NAME]',
  main({ shell, operands: words }) {
    if (!shell.isInteractive) shell.complain('warning: line editing not enabled')
    const [option, name] = words
    switch (option) {
      case undefined:
        return 0
      case '-l':
        return print(shell, [...KEYS].map(([each]) => `${each}\n`).join(''))
      case '-p':
      case '-P':
        return print(shell, [...KEYS].flatMap(([each, keys]) => keys.map(key => `"${key}": ${each}\n`)).join(''))
      case '-q':
        return query(shell, name)
    }
    if (/^-[^smvruSVXfx]/.test(option)) {
      shell.complain(`${option.slice(0, 2)}: invalid option`)
      shell.say(`${USAGE}\n`)
      return 2
    }
    shell.complain(`${option}: keys cannot be changed here`)
    return 1
  },
})

function query(shell: Shell, name: string | undefined): number | Promise<number> {
  const keys = KEYS.get(name ?? '')
  if (name === undefined || !keys) {
    shell.complain(name === undefined ? '-q: option requires an argument' : `\`${name}': unknown function name`)
    return name === undefined ? 2 : 1
  }
  const shown = keys.map(key => `"${key}"`).join(', ')
  const sent = print(shell, `${name} can be invoked via ${shown}.\n`)
  return sent instanceof Promise ? sent.then(() => 0) : 0
}

/** readline's names for what the editor's keys do. */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['abort', ['\\C-g']],
  ['accept-line', ['\\C-j', '\\C-m']],
  ['backward-char', ['\\C-b', '\\e[D']],
  ['backward-delete-char', ['\\C-h', '\\C-?']],
  ['backward-kill-word', ['\\e\\C-?']],
  ['backward-word', ['\\eb', '\\e[1;5D']],
  ['beginning-of-history', ['\\e<']],
  ['beginning-of-line', ['\\C-a', '\\e[H']],
  ['capitalize-word', ['\\ec']],
  ['clear-screen', ['\\C-l']],
  ['complete', ['\\C-i']],
  ['delete-char', ['\\C-d', '\\e[3~']],
  ['delete-horizontal-space', ['\\e\\\\']],
  ['downcase-word', ['\\el']],
  ['end-of-history', ['\\e>']],
  ['end-of-line', ['\\C-e', '\\e[F']],
  ['forward-char', ['\\C-f', '\\e[C']],
  ['forward-search-history', ['\\C-s']],
  ['forward-word', ['\\ef', '\\e[1;5C']],
  ['history-search-backward', ['\\e[5~']],
  ['history-search-forward', ['\\e[6~']],
  ['insert-comment', ['\\e#']],
  ['insert-completions', ['\\e*']],
  ['kill-line', ['\\C-k']],
  ['kill-word', ['\\ed']],
  ['next-history', ['\\C-n', '\\e[B']],
  ['possible-completions', ['\\e=', '\\e?']],
  ['previous-history', ['\\C-p', '\\e[A']],
  ['reverse-search-history', ['\\C-r']],
  ['revert-line', ['\\er']],
  ['transpose-chars', ['\\C-t']],
  ['undo', ['\\C-_']],
  ['unix-line-discard', ['\\C-u']],
  ['unix-word-rubout', ['\\C-w']],
  ['upcase-word', ['\\eu']],
  ['yank', ['\\C-y']],
  ['yank-last-arg', ['\\e.', '\\e_']],
  ['yank-pop', ['\\ey']],
])
