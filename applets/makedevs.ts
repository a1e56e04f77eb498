import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { makeDevice } from '../kernel/vfs/stat.ts'
import { text } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure, NamedInput } from './applet.ts'

/** makedevs with a table, as in busybox. */
export default applet({
  name: 'makedevs',
  about: 'Make the files of a table under ROOTDIR',
  operands: 'ROOTDIR',
  least: 1,
  most: 1,
  options: { table: text('-d', 'TABLE', 'Where it is (stdin)') },
  notes: [
    'A line of the table: NAME TYPE MODE UID GID MAJOR MINOR START INC COUNT, - for what is not said.',
    'TYPE is f (a file that is there), d (directory), c, b (devices) or p (fifo).',
  ],
  async main({ proc, options: { table }, operands: [root = ''], warn }) {
    try {
      proc.chdir(root)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't change directory to '${root}': ${error.message}`)
    }
    proc.umask = 0
    await proc.stdout.write(`rootdir=${root}\ntable=${table === undefined ? '<stdin>' : `'${table}'`}\n`)
    await proc.stdout.flush()
    const input = await openTable(proc, table)
    if (typeof input === 'string') {
      await proc.stderr.line(`makedevs: ${input}`)
      return 0
    }
    let number = 0
    for await (const line of input.lines()) {
      number++
      const problem = takeLine(proc, line)
      if (problem !== undefined) warn(`line ${number}: ${problem}`)
    }
  },
})

/** busybox: a table that cannot be opened is told of, and the status is 0 all the same. */
async function openTable(proc: Process, table: string | undefined): Promise<NamedInput | string> {
  if (table === undefined) return new NamedInput(proc, '-', 0)
  try {
    return new NamedInput(proc, table, await proc.open(table))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return `${table}: ${error.message}`
  }
}

/** What was wrong with it. Throws Failure `unknown user x`. */
function takeLine(proc: Process, line: string): string | undefined {
  const words = line.replace(/#.*/, '').trim().split(/\s+/)
  if (words[0] === '') return undefined
  const [name = '', type = '', mode = '755', user = '0', group = '0', ...numbers] = words
  const [major = 0, minor = 0, start = 0, increment = 0, count = 0] = numbers.map(word => Number(word) || 0)
  if (words.length < 2) return `invalid line: '${line}'`
  const accounts = new Accounts(proc)
  const ids = { uid: accounts.uid(user), gid: accounts.gid(group) }
  const path = name.replace(/^\/+/, '') || '.'
  const bits = Number.parseInt(mode, 8)
  if (type !== 'c' && type !== 'b') return makeOne(proc, { path, type, bits }, ids)
  const names = count > 0 ? Array.from({ length: count - start }, (_, i) => `${path}${start + i}`) : [path]
  for (const [at, node] of names.entries()) {
    const problem = makeNode(proc, { path: node, type, bits, device: makeDevice(major, minor + at * increment) }, ids)
    if (problem !== undefined) return problem
  }
  return undefined
}

type Ids = { readonly uid: number; readonly gid: number }
type Wanted = { readonly path: string; readonly type: string; readonly bits: number; readonly device?: number }

function makeOne(proc: Process, wanted: Wanted, ids: Ids): string | undefined {
  const { path, type, bits } = wanted
  switch (type) {
    case 'd':
      return refusal(`can't create directory '${path}'`, () => {
        makeFolders(proc, path)
        proc.chown(path, ids)
        proc.chmod(path, bits)
      })
    case 'f':
      return refusal(`regular file '${path}' does not exist`, () => {
        if (proc.stat(path).kind !== 'file') throw new SysError('ENOENT')
        proc.chown(path, ids)
        proc.chmod(path, bits)
      })
    case 'p':
      return makeNode(proc, wanted, ids)
    default:
      return `unsupported file type ${type}`
  }
}

function makeNode(proc: Process, { path, type, bits, device = 0 }: Wanted, ids: Ids): string | undefined {
  return refusal(`can't create node ${path}`, () => {
    try {
      proc.mknod(path, type === 'p' ? 'fifo' : type === 'c' ? 'character' : 'block', bits, device)
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
    }
    proc.chown(path, ids)
    proc.chmod(path, bits)
  })
}

function makeFolders(proc: Process, path: string): void {
  const names = path.split('/')
  for (let count = 1; count <= names.length; count++) {
    try {
      proc.mkdir(names.slice(0, count).join('/'), 0o777)
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
    }
  }
}

function refusal(words: string, piece: () => void): string | undefined {
  try {
    piece()
    return undefined
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return `${words}: ${error.message}`
  }
}
