import type { Box } from '../../engine/box.ts'
import { virtualClock } from '../../engine/library.ts'
import type { RunOptions } from '../../engine/run-options.ts'
import type { MountSpecification } from '../../engine/specification.ts'
import type { Stub } from '../../engine/stubs.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { terminalSize, wire } from '../attach.ts'
import { command, Refusal } from '../context.ts'
import { absolutePath, readHostFile, readVariable, writeFile } from '../create-options.ts'
import { EarlyOutput } from '../early-output.ts'
import { boolean, list, string } from '../flags.ts'
import { findImage } from '../image-source.ts'

/** A script of the host in a box: its directory is there under its own path, and commands may be played by stubs. */
export default command({
  name: 'sh',
  about: 'Run a script of this machine in a box, with stubs, virtual time and coverage',
  operands: 'SCRIPT [ARG...]',
  least: 1,
  stopAtOperand: true,
  flags: {
    calls: string('--calls', 'Write how the stubs were called to a file, a JSON object a line'),
    coverage: string('--coverage', 'Write which lines of shell were run to a file (lcov)'),
    env: list('-e --env', 'Set environment variables'),
    image: string('--image', 'Image: a name, an archive, an OCI layout, or a directory with a Dockerfile (busybox)'),
    readOnly: boolean('--read-only', 'The script may not change the files of this machine'),
    shell: string('--shell', 'The shell: sh, or bash, which has an image of its own', 'sh'),
    report: string('--report', 'Write every process, its files and its end to a file'),
    stub: list('--stub', 'Play a command by a script (NAME=FILE), or only note its calls (NAME)'),
    user: string('-u --user', 'Username or UID'),
    virtual: boolean('--virtual', 'Sleeping takes no time'),
  },
  async main({ engine, proc, flags, operands: [path = '', ...args] }) {
    const script = absolutePath(proc, path)
    readHostFile(proc, script)
    const isBash = flags.shell === 'bash'
    if (!isBash && flags.shell !== 'sh') throw new Refusal(`sh: ${flags.shell}: no such shell: there are sh and bash`)
    const { library, image } = await findImage(engine, proc, flags.image ?? (isBash ? 'cowbox/bash' : 'busybox'))
    const output = new EarlyOutput()
    const isTerminal = !flags.virtual && proc.terminal(0) !== undefined && proc.terminal(1) !== undefined
    const size = isTerminal ? terminalSize(proc) : undefined
    const how: RunOptions = {
      entrypoint: [],
      cmd: [flags.shell, script, ...args],
      workingDirectory: proc.cwd,
      mounts: mountsFor(proc, script, flags.readOnly),
      env: Object.fromEntries(flags.env.flatMap(word => readVariable(proc, word)).map(splitPair)),
      stubs: Object.fromEntries(flags.stub.map(text => readStub(proc, text))),
      watch: flags.report !== undefined,
      coverage: flags.coverage !== undefined,
      tty: isTerminal,
      onOutput: output.onOutput,
      stdin: flags.virtual ? await inputNow(proc) : { open: true },
      ...(flags.user === undefined ? {} : { user: flags.user }),
      ...(flags.virtual ? { clock: virtualClock(engine.host.clock.now()) } : {}),
      ...(size ? { size } : {}),
    }
    const box = await library.run(image, how)
    const shown = wire(proc, output.attach(box.attachment), {
      tty: isTerminal,
      stdin: !flags.virtual,
      kill: signal => box.kill(signal),
    })
    if (flags.virtual) await runThrough(box)
    const status = await shown
    if (flags.calls !== undefined) writeFile(proc, flags.calls, callsText(box))
    if (flags.coverage !== undefined) writeFile(proc, flags.coverage, box.coverage.lcov())
    if (flags.report !== undefined) writeFile(proc, flags.report, box.report())
    return status === 'detached' ? 0 : status
  },
})

/** Nobody in it will ever wake: it is ended, and the reason is given. */
async function runThrough(box: Box): Promise<void> {
  try {
    await box.runToEnd()
  } finally {
    if (box.isRunning) await box.kill('KILL')
  }
}

/** All of stdin at once, for time does not wait for it; a terminal gives nothing. */
async function inputNow(proc: Process): Promise<string | Uint8Array> {
  return proc.terminal(0) ? '' : proc.stdin.all()
}

/** The directory one is in, under its own name; that of the script too, when it lies elsewhere. */
function mountsFor(proc: Process, script: string, readOnly: boolean): MountSpecification[] {
  const { cwd } = proc
  const directory = script.slice(0, script.lastIndexOf('/')) || '/'
  if (cwd === '/' || directory === '/') {
    throw new Refusal('sh: the root of this machine cannot be mounted over that of the box: go into a directory')
  }
  const bind = (path: string, isReadOnly: boolean): MountSpecification => {
    return { type: 'bind', source: path, target: path, readOnly: isReadOnly }
  }
  const isInside = directory === cwd || directory.startsWith(`${cwd}/`)
  return [...(isInside ? [] : [bind(directory, true)]), bind(cwd, readOnly)]
}

function readStub(proc: Process, text: string): [string, Stub] {
  const [name, file] = splitPair(text)
  if (name === '') throw new Refusal(`--stub ${text}: it must be NAME=FILE or NAME`)
  return [name, file === '' ? () => undefined : decode(readHostFile(proc, absolutePath(proc, file)))]
}

function callsText(box: Box): string {
  const calls = box.stubNames.flatMap(name => box.calls(name))
  return calls.map(({ argv, cwd }) => `${JSON.stringify({ argv, cwd })}\n`).join('')
}

function splitPair(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
