import { SysError } from '../../kernel/errno.ts'
import { nameOfFile } from '../coverage.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Parser } from '../parser.ts'
import { andThen, type Completion, type Finished, type Later } from '../run/completion.ts'
import { EchoedLines } from '../run/echoed-lines.ts'
import { parserOptions } from '../run/parser-options.ts'
import { scriptText } from '../run/script-text.ts'
import { runParsed, runText } from '../run/text.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'

/** Operands after the file are the positional parameters while it runs (ash). */
export default builtin({
  name: '.',
  aliases: ['source'],
  special: true,
  raw: true,
  about: 'Run the commands of a file in this shell',
  operands: 'FILE [ARG]...',
  main({ shell, operands: [name, ...args] }) {
    if (name === undefined) return 2
    const path = name.includes('/') ? name : (findInPath(shell, name) ?? name)
    const file = shell.language.counter ? { file: nameOfFile(shell.proc, path) } : {}
    const how = { name, ...file, ...(args.length > 0 && { args }) }
    return andThen(readScript(shell, name, path), text => runSourced(shell, text, how))
  },
})

function runSourced(
  shell: Shell,
  text: string,
  how: { name: string; file?: string; args?: readonly string[] },
): Completion {
  const { commandName, depth, positional, returns } = shell
  const leavesStack = shell.descend()
  shell.commandName = how.name
  shell.returns = returns + 1
  if (how.args) shell.positional = how.args
  const leave = () => {
    Object.assign(shell, { commandName, depth, returns })
    if (how.args) shell.positional = positional
  }
  const end = (done: Finished): Finished => {
    leave()
    return typeof done !== 'number' && done.to === 'return' ? shell.status : done
  }
  const fail = (error: unknown): never => {
    if (error instanceof ExpansionError) shell.report(error)
    leave()
    throw error
  }
  if (leavesStack)
    return Promise.resolve()
      .then(() => runLines(shell, text, how.file))
      .then(end, fail)
  try {
    const done = runLines(shell, text, how.file)
    return done instanceof Promise ? done.then(end, fail) : end(done)
  } catch (error) {
    return fail(error)
  }
}

function runLines(shell: Shell, text: string, file: string | undefined): Completion {
  if (!shell.options.has('verbose'))
    return runText(shell, text, { tellsNews: true, ...(file !== undefined && { file }) })
  return runParsed(shell, new Parser(new EchoedLines(shell, text), parserOptions(shell)), file)
}

function readScript(shell: Shell, name: string, path: string): Later<string> {
  const refused = (error: unknown): never => {
    if (!(error instanceof SysError)) throw error
    throw new ExpansionError(`can't open '${name}': ${error.message}`)
  }
  try {
    // ash: a directory is a script without a line.
    const text = shell.proc.stat(path).kind === 'directory' ? '' : scriptText(shell, path)
    return text instanceof Promise ? text.catch(refused) : text
  } catch (error) {
    return refused(error)
  }
}

/** A name without a slash is looked for in PATH, and it need not be executable; then in the current directory (ash). */
function findInPath(shell: Shell, name: string): string | undefined {
  const directories = (shell.variables.get('PATH') ?? '').split(':')
  return directories
    .map(directory => (directory === '' ? name : `${directory}/${name}`))
    .find(path => isFile(shell, path))
}

function isFile(shell: Shell, path: string): boolean {
  try {
    return shell.proc.stat(path).kind === 'file' && shell.proc.access(path, 4)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}
