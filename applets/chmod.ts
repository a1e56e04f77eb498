import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { modeString, parseMode } from '../lib/mode-string.ts'
import { flag, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { joinPath, statOf, succeeds } from './refused.ts'

/** A mode such as -x or -rw,+t looks like options; it is taken first. */
export default applet({
  name: 'chmod',
  about: 'Change the permissions of files',
  operands: 'MODE FILE...',
  raw: true,
  options: {
    recursive: flag('-R', 'Also what is in directories'),
    changed: flag('-c', 'Tell of files that changed'),
    verbose: flag('-v', 'Tell of every file'),
    quiet: flag('-f', 'Say nothing of errors'),
  },
  notes: ['MODE is octal, or [ugoa]{+|-|=}[rwxXst] with commas between'],
  async main({ proc, operands: words, warn }) {
    const { given, operands } = readWords(words)
    const [mode, ...files] = operands
    if (mode === undefined || files.length === 0) throw new UsageError('')
    let status = 0
    for (const file of files) if (!(await change(proc, file, mode, given, warn))) status = 1
    return status
  },
})

/** busybox: the first word that is a mode behind a dash is one; all other dashes begin options. */
function readWords(words: readonly string[]): { given: Set<string>; operands: string[] } {
  const given = new Set<string>()
  const operands: string[] = []
  let hasMode = false
  for (const [index, word] of words.entries()) {
    if (word === '--') return { given, operands: [...operands, ...words.slice(index + 1)] }
    const isOption = word.startsWith('-') && word !== '-'
    if (!isOption || (!hasMode && /^-[rwxXst]/.test(word))) {
      hasMode ||= isOption
      operands.push(word)
      continue
    }
    for (const letter of word.slice(1)) {
      if (!'Rcvf'.includes(letter)) throw new UsageError(`invalid option -- '${letter}'`)
      given.add(letter)
    }
  }
  return { given, operands }
}

async function change(
  proc: Process,
  path: string,
  text: string,
  given: ReadonlySet<string>,
  warn: (message: string) => void,
): Promise<boolean> {
  const pause = proc.gate()
  if (pause) await pause
  let stat: Stat | undefined
  // busybox: -f is silent of links that lead nowhere, but not of what is not there.
  const isSilent = given.has('f') && statOf(proc, path, { follow: false }) !== undefined
  succeeds(isSilent ? () => undefined : warn, path, () => {
    stat = proc.stat(path)
  })
  if (!stat) return false
  if (parseMode(text, { mode: 0 }) === undefined) throw new Failure(`invalid mode '${text}'`)
  let isWell = changeOne(proc, path, stat, text, given, given.has('f') ? () => undefined : warn)
  if (stat.kind !== 'directory' || !given.has('R')) return isWell
  for (const { name, kind } of proc.readDirectory(path)) {
    if (kind === 'symlink') continue
    if (!(await change(proc, joinPath(path, name), text, given, warn))) isWell = false
  }
  return isWell
}

function changeOne(
  proc: Process,
  path: string,
  stat: Stat,
  text: string,
  given: ReadonlySet<string>,
  warn: (message: string) => void,
): boolean {
  return succeeds(warn, path, () => {
    const isDirectory = stat.kind === 'directory'
    const mode = parseMode(text, { mode: stat.mode, umask: proc.umask, isDirectory }) ?? stat.mode
    proc.chmod(path, mode)
    if (given.has('v') || (given.has('c') && mode !== stat.mode)) {
      void proc.stdout.line(
        `mode of '${path}' changed to ${mode.toString(8).padStart(4, '0')} (${modeString('file', mode).slice(1)})`,
      )
    }
  })
}
