import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseNumber, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { joinPath } from './refused.ts'

const LETTERS = 'AaCcDdEeFIijNPSsTtuV'
const NO_FLAGS = 'Inappropriate ioctl for device'

/** chattr, as in busybox. No file system here keeps such flags, and each file is refused as Linux's tmpfs refuses it. */
export default applet({
  name: 'chattr',
  about: 'Change the flags of files on ext2 (no file system here has any: each FILE is refused)',
  operands: '[-R] [-v VERSION] [-p PROJID] [-+=AacDdijsStTu] FILE...',
  raw: true,
  main({ proc, operands }) {
    const { how, files } = parse(operands)
    for (const file of files) refuse(proc, file, how)
    return 0
  },
})

interface Changes {
  recursive: boolean
  version: boolean
  project: boolean
  add: string
  remove: string
  set: string | undefined
}

function parse(words: readonly string[]): { how: Changes; files: readonly string[] } {
  const how: Changes = { recursive: false, version: false, project: false, add: '', remove: '', set: undefined }
  let at = 0
  for (; at < words.length && /^[-+=]/.test(words[at]!); at++) {
    const word = words[at]!
    const letters = word.slice(1)
    if (word === '-R') how.recursive = true
    else if (word === '-v' || word === '-p') {
      const value = words[++at]
      if (value === undefined) throw new UsageError('')
      parseNumber(value)
      if (word === '-v') how.version = true
      else how.project = true
    } else if ([...letters].some(letter => !LETTERS.includes(letter))) throw new UsageError('')
    else if (word[0] === '-') how.remove += letters
    else if (word[0] === '+') how.add += letters
    else how.set = (how.set ?? '') + letters
  }
  const files = words.slice(at)
  if (files.length === 0) throw new UsageError('')
  const isChange = how.add !== '' || how.remove !== '' || how.set !== undefined
  if (how.set !== undefined && (how.add !== '' || how.remove !== ''))
    throw new Failure('= is incompatible with - and +')
  if ([...how.add].some(letter => how.remove.includes(letter))) throw new Failure("can't set and unset a flag")
  if (!isChange && !how.version && !how.project) throw new Failure('must use -v, -p, =, - or +')
  return { how, files }
}

function refuse(proc: Process, file: string, how: Changes): void {
  const tell = (text: string) => void proc.stderr.line(`chattr: ${text}`)
  try {
    const { kind } = proc.lstat(file)
    if (kind === 'symlink') return tell(`can't open '${file}': Too many levels of symbolic links`)
    if (how.version) tell(`setting version on ${file}: ${NO_FLAGS}`)
    if (how.project) tell(`getting project ID on ${file}: ${NO_FLAGS}`)
    tell(`getting flags on ${file}: ${NO_FLAGS}`)
    if (how.recursive && kind === 'directory')
      for (const name of proc.readNames(file)) refuse(proc, joinPath(file, name), how)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    tell(`can't stat '${file}': ${error.message}`)
  }
}
