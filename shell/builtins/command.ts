import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Completion } from '../run/completion.ts'
import { notFound, runExternal } from '../run/external.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { describe } from './describe.ts'
import { print } from './print.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** POSIX XCU command: functions are passed over, and a special builtin's errors do not end the shell. */
export default builtin({
  name: 'command',
  about: 'Run a command, not a function, or say what a name means',
  operands: 'COMMAND [ARG]...',
  options: {
    path: flag('-p', 'Search the standard PATH'),
    brief: flag('-v', 'Show what would run'),
    words: flag('-V', 'Say what would run'),
  },
  main({ shell, options, operands }) {
    const [name] = operands
    if (name === undefined) return 0
    const path = options.path ? DEFAULT_PATH : undefined
    if (!options.brief && !options.words) return runCommand(shell, operands, path)
    const meaning = describe(shell, name, path)
    if (options.brief) return meaning ? print(shell, `${meaning.brief}\n`) : 127
    return print(shell, `${meaning?.words ?? `${name}: not found`}\n`, meaning ? 0 : 127)
  },
})

function runCommand(shell: Shell, argv: readonly string[], path: string | undefined): Completion {
  const name = argv[0]!
  const found = shell.language.builtins.get(name)
  shell.commandName = found ? name : shell.outerName
  // dash, ash: `command` is a scope for `local`, which ends with it.
  if (found && name === 'local' && !shell.bash)
    return withScope(shell, () => guarded(shell, () => found.run(shell, argv)))
  if (found) return found.isSpecial ? guarded(shell, () => found.run(shell, argv)) : found.run(shell, argv)
  const file = path === undefined ? shell.lookupCommand(name) : shell.lookupCommand(name, path)
  if (file === undefined) return notFound(shell, name, path)
  return runExternal(shell, { path: file, argv, env: shell.environment(), redirect: undefined })
}

/** Variables that `piece` declares are as they were when it is over. */
function withScope(shell: Shell, piece: () => Completion): Completion {
  const { height } = shell
  shell.enterScope()
  return andThen(piece(), status => {
    shell.leaveScopes(height)
    return status
  })
}

/** What the error has left undone on its way up is undone here, for the shell goes on. */
function guarded(shell: Shell, piece: () => Completion): Completion {
  const mark = shell.mark()
  const recover = (error: unknown): number => {
    if (!(error instanceof ExpansionError) || error.status === 130) throw error
    if (shell.language.extension && error.endsShell) throw error
    shell.report(error)
    shell.rewind(mark)
    return error.status
  }
  try {
    const done = piece()
    return done instanceof Promise ? done.catch(recover) : done
  } catch (error) {
    return recover(error)
  }
}
