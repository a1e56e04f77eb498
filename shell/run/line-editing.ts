// The line editor on this shell's terminal: raw while a line is read, history in a file, completion of what the shell knows.

import { applets } from '../../applets/index.ts'
import { SysError } from '../../kernel/errno.ts'
import { makeRaw } from '../../kernel/termios.ts'
import { parseUsers } from '../../lib/accounts.ts'
import { decode, encode } from '../../lib/bytes.ts'
import type { OptionTable } from '../../lib/options.ts'
import { homeOf } from '../expand/tilde.ts'
import {
  type CommandOption,
  type CompletionContext,
  completeLine,
  type DirectoryEntry,
} from '../interactive/completion.ts'
import { type EditorTerminal, LineEditor, type ReadResult } from '../interactive/editor.ts'
import { History, type HistoryStore } from '../interactive/history.ts'
import type { Shell } from '../shell.ts'
import { takeNews } from './job-news.ts'

/** Without HISTSIZE. */
const HISTORY_SIZE = 1000

export function createEditor(shell: Shell): LineEditor {
  const history = shell.language.extension?.history(shell) ?? ashHistory(shell)
  const context = completionContext(shell)
  const editor: LineEditor = new TerminalEditor(shell, {
    terminal: editorTerminal(shell, text => editor.printAbove(text)),
    history,
    complete: (line, cursor) => {
      const usual = () => completeLine(line, cursor, context)
      return shell.language.extension?.complete(shell, line, cursor, usual) ?? usual()
    },
    mode: () => (shell.options.has('vi') ? 'vi' : 'emacs'),
  })
  return editor
}

function ashHistory(shell: Shell): History {
  const history = new History(() => Number(shell.variables.get('HISTSIZE') ?? HISTORY_SIZE) || 0)
  history.load(historyStore(shell))
  return history
}

export function saveHistory(shell: Shell, history: History): void {
  const { extension } = shell.language
  if (extension) extension.saveHistory(shell)
  else history.save(historyStore(shell))
}

class TerminalEditor extends LineEditor {
  readonly #shell: Shell

  constructor(shell: Shell, how: ConstructorParameters<typeof LineEditor>[0]) {
    super(how)
    this.#shell = shell
  }

  /** Commands find the terminal as it was. */
  override async readLine(prompt: string, how?: { remember?: boolean }): Promise<ReadResult> {
    const terminal = this.#shell.proc.terminal(0)
    const before = terminal?.termios
    if (terminal && before) terminal.setTermios({ ...makeRaw(before), opost: true })
    try {
      return await super.readLine(prompt, how)
    } finally {
      if (terminal && before) terminal.setTermios(before)
    }
  }
}

function editorTerminal(shell: Shell, printAbove: (text: string) => Promise<void>): EditorTerminal {
  const { proc } = shell
  return {
    read: max => readKeys(shell, max, printAbove),
    write: text => proc.write(2, encode(text)),
    columns: () => proc.terminal(0)?.size.columns || 80,
    rows: () => proc.terminal(0)?.size.rows || 24,
    isReady: () => proc.poll(0).readable,
  }
}

/** A trapped signal does not end the line; with `set -b` the end of a job is told above it. */
async function readKeys(shell: Shell, max: number, printAbove: (text: string) => Promise<void>): Promise<Uint8Array> {
  for (;;) {
    try {
      return await shell.proc.read(0, max)
    } catch (error) {
      if (!(error instanceof SysError && error.errno === 'EINTR')) throw error
      const news = shell.options.has('notify') ? takeNews(shell) : ''
      if (news !== '') await printAbove(news)
    }
  }
}

function historyStore(shell: Shell): HistoryStore {
  const { proc, variables } = shell
  const home = variables.get('HOME')
  const file = variables.get('HISTFILE') ?? (home === undefined ? undefined : `${home}/.ash_history`)
  return {
    load: () => (file === undefined || file === '' ? undefined : ifThere(() => decode(proc.contentsOf(file)))),
    save: text => {
      if (file !== undefined && file !== '') ifThere(() => writeFile(shell, file, text))
    },
  }
}

/** A regular file neither waits to be opened nor to be written. */
function writeFile(shell: Shell, file: string, text: string): void {
  const { proc } = shell
  const fd = proc.open(file, { write: true, create: true, truncate: true, nonBlocking: true }, 0o600)
  if (fd instanceof Promise) return
  const written = proc.write(fd, encode(text))
  if (!written) proc.close(fd)
}

function ifThere<T>(piece: () => T): T | undefined {
  try {
    return piece()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

const KEYWORDS = 'case do done elif else esac fi for function if in then until while'.split(' ')

function completionContext(shell: Shell): CompletionContext {
  const { language, proc, variables } = shell
  return {
    commands: () => [...language.builtins.keys(), ...shell.functions.keys(), ...shell.aliases.keys(), ...KEYWORDS],
    executables: () => executables(shell),
    entries: directory => ifThere(() => entriesOf(shell, directory)),
    variables: () => variables.sorted().map(([name]) => name),
    variable: name => variables.get(name),
    users: () => ifThere(() => parseUsers(decode(proc.contentsOf('/etc/passwd'))).map(user => user.name)) ?? [],
    home: user => homeOf(shell, `~${user ?? ''}`),
    options: command => optionsOf(shell, command),
  }
}

function executables(shell: Shell): string[] {
  const directories = (shell.variables.get('PATH') ?? '').split(':')
  const names = directories.flatMap(directory => {
    const entries = ifThere(() => shell.proc.readDirectory(directory === '' ? '.' : directory)) ?? []
    return entries.filter(({ kind }) => kind !== 'directory').map(({ name }) => name)
  })
  return [...new Set(names)]
}

function entriesOf(shell: Shell, directory: string): DirectoryEntry[] {
  const path = directory === '' ? '.' : directory
  return shell.proc.readDirectory(path).map(({ name }) => {
    const file = `${path}/${name}`
    const isDirectory = ifThere(() => shell.proc.stat(file).kind === 'directory') ?? false
    return { name, isDirectory, isExecutable: !isDirectory && shell.isRunnable(file) }
  })
}

function optionsOf(shell: Shell, command: string): CommandOption[] {
  const applet = applets.find(({ name, aliases }) => name === command || aliases.includes(command))
  const table: OptionTable = shell.language.builtins.get(command)?.options ?? applet?.options ?? {}
  return Object.values(table).flatMap(option =>
    option.names.map(text => ({
      text,
      about: option.about,
      takesArgument: option.argument !== undefined && !option.isOptional,
    })),
  )
}
