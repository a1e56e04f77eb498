import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { flag, list, optional, UsageError } from '../../lib/options.ts'
import { applet, Failure, type Invocation } from '../applet.ts'
import { openInput } from '../operands.ts'
import { statOf } from '../refused.ts'
import { Machine } from './machine.ts'
import { parseScript } from './parser.ts'
import type { Script } from './script.ts'
import { LineOutput, Lines } from './streams.ts'

const options = {
  quiet: flag('-n --quiet --silent', 'Print only what the script says'),
  expressions: list('-e --expression', 'SCRIPT', 'Commands'),
  files: list('-f --file', 'FILE', 'Read commands from FILE'),
  extended: flag('-E -r --regexp-extended', 'Patterns are extended regular expressions'),
  inPlace: optional(
    '-i --in-place',
    'SUFFIX',
    'Change the files themselves; with SUFFIX keep the old ones under that name',
  ),
  separate: flag('-s --separate', 'Each file has a first and a last line of its own'),
  zero: flag('-z --null-data', 'Lines end in NUL'),
  version: flag('--version', 'Tell configure scripts what this is not'),
}

/** sed, POSIX XCU; -E -i -s -z and GNU's addresses and commands. */
export default applet({
  name: 'sed',
  about: 'Edit the lines of FILEs, or stdin, by a script',
  operands: '[SCRIPT] [FILE]...',
  options,
  async main(invocation) {
    const { proc, options, operands } = invocation
    // busybox: only as the first word.
    if (options.version && proc.argv[1] !== '--version') throw new UsageError("unrecognized option '--version'")
    if (options.version) return await proc.stdout.write('This is not GNU sed version 4.0\n')
    const pieces = await readPieces(proc, options)
    const files = editable(invocation, pieces === undefined ? operands.slice(1) : operands)
    const source = pieces ?? operands[0]
    if (source === undefined) throw new UsageError('')
    const isAlone = operands.length === (pieces === undefined ? 1 : 0)
    if (options.inPlace !== undefined && isAlone) throw new Failure('-i requires an argument')
    if (options.inPlace !== undefined && files.length === 0) return undefined
    const isQuiet = options.quiet || /^#n(\n|$)/.test(source)
    const script = parseScript(source, options.extended ? 'extended' : 'basic')
    const end = options.zero ? '\0' : '\n'
    const outputs = await openOutputs(proc, script, end)
    const lines = new Lines(proc, files.length > 0 ? files : ['-'], end, invocation.warn)
    const isSeparate = options.separate || options.inPlace !== undefined
    const stdout = outputs.get('/dev/stdout')!
    const machine = new Machine(proc, script, lines, stdout, { isQuiet, isSeparate, end, outputs })
    if (options.inPlace === undefined) await machine.run()
    else await editInPlace(invocation, machine, lines, options.inPlace, end)
    return machine.status === 0 ? undefined : machine.status
  },
})

type Sed = Invocation<typeof options>

/** -i changes no directory; busybox finds that out when it renames. */
function editable({ proc, options, warn }: Sed, files: readonly string[]): readonly string[] {
  if (options.inPlace === undefined) return files
  return files.filter(file => {
    const isDirectory = statOf(proc, file)?.kind === 'directory'
    if (isDirectory) warn(`can't edit '${file}': ${new SysError('EISDIR').message}`)
    return !isDirectory
  })
}

/** All of -e and then all of -f (busybox), as lines of one script. */
async function readPieces(proc: Process, { expressions, files }: Sed['options']): Promise<string | undefined> {
  const pieces = [...expressions]
  for (const file of files) pieces.push(await readScript(proc, file))
  return pieces.length > 0 ? pieces.join('\n') : undefined
}

async function readScript(proc: Process, name: string): Promise<string> {
  try {
    const input = await openInput(proc, name)
    const text = decode(await input.all())
    if (input.fd !== 0) proc.close(input.fd)
    return text.replace(/\n$/, '')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}

async function openOutputs(proc: Process, script: Script, end: string): Promise<Map<string, LineOutput>> {
  const outputs = new Map([
    ['/dev/stdout', new LineOutput(text => proc.stdout.write(text), end)],
    ['/dev/stderr', new LineOutput(text => proc.stderr.write(text), end)],
  ])
  for (const name of script.outputFiles) {
    if (outputs.has(name)) continue
    try {
      const fd = await proc.open(name, { write: true, create: true, truncate: true })
      outputs.set(name, LineOutput.onFd(proc, fd, end))
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
  }
  return outputs
}

/** Each file is written anew beside the old one, and takes its place when the next one begins. */
async function editInPlace(
  { proc }: Sed,
  machine: Machine,
  lines: Lines,
  suffix: string | true,
  end: string,
): Promise<void> {
  let open: { readonly file: string; readonly temporary: string; readonly fd: number } | undefined
  const finish = () => {
    if (!open) return
    proc.close(open.fd)
    if (suffix !== true) proc.rename(open.file, backupName(open.file, suffix))
    proc.rename(open.temporary, open.file)
    open = undefined
  }
  machine.onFile = async line => {
    finish()
    const { mode } = proc.stat(line.file)
    const temporary = `${line.file.replace(/[^/]*$/, '')}sed${proc.pid}${line.file.length}.tmp`
    const fd = await proc.open(temporary, { write: true, create: true, truncate: true }, 0o600)
    proc.chmod(temporary, mode)
    open = { file: line.file, temporary, fd }
    machine.output = new LineOutput(text => proc.write(fd, encode(text)), end)
  }
  await machine.run()
  await copyRest(lines, machine.output)
  finish()
}

/** After q the rest of the file stays as it is. */
async function copyRest(lines: Lines, output: LineOutput): Promise<void> {
  for (let line = await lines.next(); line && !line.isFirst; line = await lines.next()) {
    await output.line(line.text, line.hasEnd)
  }
}

function backupName(file: string, suffix: string): string {
  return suffix.includes('*') ? suffix.replaceAll('*', file.replace(/.*\//, '')) : file + suffix
}
