// The files, and the commands on the other side of a pipe, that a program reads and writes by name (POSIX XCU awk, "Output
// Statements" and "Input/Output and General Functions").

import { SysError } from '../../kernel/errno.ts'
import { Output } from '../../kernel/output.ts'
import type { Maybe, Process } from '../../kernel/process.ts'
import { exitStatus } from '../../kernel/wait-status.ts'
import { Failure } from '../applet.ts'
import { startCommand } from '../run-command.ts'
import { RecordReader } from './reader.ts'

interface OpenOutput {
  readonly output: Output
  /** undefined: one of the process's own. */
  readonly fd: number | undefined
  readonly child: Process | undefined
}

interface OpenInput {
  readonly reader: RecordReader
  readonly fd: number
  readonly child: Process | undefined
}

export class Streams {
  readonly #proc: Process
  readonly #outputs = new Map<string, OpenOutput>()
  readonly #inputs = new Map<string, OpenInput>()

  /** Shared by all who read stdin: what one has read too far the next goes on with. */
  readonly stdin: RecordReader

  constructor(proc: Process) {
    this.stdin = new RecordReader(
      () => proc.read(0),
      bytes => proc.charge(bytes),
    )
    this.#proc = proc
  }

  /** Where `print > name` and its sisters write. Throws Failure. */
  output(kind: '>' | '>>' | '|', name: string): Maybe<Output> {
    const open = this.#outputs.get(name)
    if (open) return open.output
    if (kind === '|') return this.#pipeTo(name)
    const own =
      name === '/dev/stdout' || name === '-'
        ? this.#proc.stdout
        : name === '/dev/stderr'
          ? this.#proc.stderr
          : undefined
    if (own) return this.#keepOutput(name, { output: own, fd: undefined, child: undefined })
    const flags = { write: true, create: true, ...(kind === '>' ? { truncate: true } : { append: true }) }
    const opened = refusing(name, () => this.#proc.open(name, flags))
    return opened instanceof Promise ? opened.then(fd => this.#outputTo(name, fd)) : this.#outputTo(name, opened)
  }

  #outputTo(name: string, fd: number, child?: Process): Output {
    const output = new Output({ send: bytes => this.#proc.write(fd, bytes) })
    return this.#keepOutput(name, { output, fd, child })
  }

  #keepOutput(name: string, open: OpenOutput): Output {
    this.#outputs.set(name, open)
    return open.output
  }

  async #pipeTo(command: string): Promise<Output> {
    // What was printed before comes before what the command prints.
    await this.flush()
    const [read, write] = this.#proc.pipe({ closeOnExec: true })
    const child = this.#start(command, read, 0)
    this.#proc.close(read)
    return this.#outputTo(command, write, child)
  }

  /** The records of a file. Throws SysError. */
  file(name: string): Maybe<RecordReader> {
    const open = this.#inputs.get(name)
    if (open) return open.reader
    if (name === '-' || name === '/dev/stdin') return this.#keepInput(name, 0, undefined)
    const opened = this.#proc.open(name)
    const keep = (fd: number) => this.#keepInput(name, fd, undefined)
    return opened instanceof Promise ? opened.then(keep) : keep(opened)
  }

  /** The records that a command prints. */
  command(command: string): Maybe<RecordReader> {
    return this.#inputs.get(command)?.reader ?? this.#pipeFrom(command)
  }

  async #pipeFrom(command: string): Promise<RecordReader> {
    await this.flush()
    const [read, write] = this.#proc.pipe({ closeOnExec: true })
    const child = this.#start(command, write, 1)
    this.#proc.close(write)
    return this.#keepInput(command, read, child)
  }

  #keepInput(name: string, fd: number, child: Process | undefined): RecordReader {
    const reader =
      fd === 0
        ? this.stdin
        : new RecordReader(
            () => this.#proc.read(fd),
            bytes => this.#proc.charge(bytes),
          )
    this.#inputs.set(name, { reader, fd, child })
    return reader
  }

  #start(command: string, fd: number, onto: number): Process {
    const prepare = (child: Process) => {
      child.dup(fd, { onto })
    }
    return startCommand(this.#proc, ['/bin/sh', '-c', command], { prepare }).child
  }

  /** system(): the command's status. */
  async system(command: string): Promise<number> {
    await this.flush()
    const { child } = startCommand(this.#proc, ['/bin/sh', '-c', command])
    return await this.#wait(child)
  }

  async #wait(child: Process): Promise<number> {
    const ended = await this.#proc.wait(child.pid)
    if (!ended) return -1
    const [, status] = ended
    // busybox: a signal's number is added to 256.
    return 'killed' in status ? 256 + status.killed : exitStatus(status)
  }

  /** close(): the command's status, 0 for a file, -1 for what is not open. */
  async close(name: string): Promise<number> {
    let status = -1
    const output = this.#outputs.get(name)
    if (output) {
      this.#outputs.delete(name)
      status = await this.#closeOutput(output)
    }
    const input = this.#inputs.get(name)
    if (input) {
      this.#inputs.delete(name)
      if (input.fd !== 0) this.#proc.close(input.fd)
      status = input.child ? await this.#wait(input.child) : 0
    }
    return status
  }

  async #closeOutput({ output, fd, child }: OpenOutput): Promise<number> {
    await this.#flushOne(output)
    if (fd !== undefined) this.#proc.close(fd)
    return child ? await this.#wait(child) : 0
  }

  /** One by its name, or all. -1: there is none of that name. */
  async flush(name?: string): Promise<number> {
    if (name !== undefined && name !== '') {
      const open = this.#outputs.get(name)
      if (!open) return -1
      await this.#flushOne(open.output)
      return 0
    }
    await this.#proc.stdout.flush()
    await this.#proc.stderr.flush()
    for (const { output } of this.#outputs.values()) await this.#flushOne(output)
    return 0
  }

  /** A command that has ended already needs no more (its reader is gone). */
  async #flushOne(output: Output): Promise<void> {
    try {
      await output.flush()
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EPIPE') throw error
    }
  }

  /** At the end: everything is flushed and closed, and commands are waited for. */
  async closeAll(): Promise<void> {
    await this.#proc.stdout.flush()
    for (const name of [...this.#outputs.keys(), ...this.#inputs.keys()]) await this.close(name)
  }
}

/** A file that must be there: `can't open 'x': No such file or directory`. */
export function refusing<T>(name: string, open: () => Maybe<T>): Maybe<T> {
  const refused = (error: unknown): never => {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
  try {
    const opened = open()
    return opened instanceof Promise ? opened.catch(refused) : opened
  } catch (error) {
    return refused(error)
  }
}
