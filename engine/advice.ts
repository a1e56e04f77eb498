// Why a container's command does not start, said so that one can mend it. No other tool tells.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'

const MACHINES: Readonly<Record<number, string>> = { 3: 'i386', 40: 'arm', 62: 'x86-64', 183: 'arm64', 243: 'riscv64' }

/** A sentence on what is wrong with the file and what to do about it; undefined when there is nothing to add. */
export function adviseOnStart(proc: Process, path: string): string | undefined {
  try {
    return adviseOnFile(proc, path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.errno === 'ENOENT' ? `${path} is not in the image: check the COPY that should bring it` : undefined
  }
}

function adviseOnFile(proc: Process, path: string): string | undefined {
  const stat = proc.stat(path)
  if (stat.kind === 'directory') return `${path} is a directory: name a file in it`
  if (stat.kind !== 'file') return `${path} is a ${stat.kind}, not a file that could be executed`
  const head = proc.contentsOf(path, 512)
  const isScript = head[0] === 0x23 && head[1] === 0x21
  if ((stat.mode & 0o111) === 0) return adviseOnMode(path, isScript ? interpreterOf(head) : undefined)
  if (isScript) return adviseOnInterpreter(proc, path, interpreterOf(head))
  if (decode(head.subarray(1, 4)) === 'ELF' && head[0] === 0x7f) return adviseOnElf(path, head)
  if (head.length === 0) return `${path} is empty`
  return `${path} has no #! line: begin it with "#!/bin/sh", or run it as: /bin/sh ${path}`
}

function adviseOnMode(path: string, interpreter: string | undefined): string {
  const shell = interpreter === undefined || /\/(ba|da|a)?sh$/.test(interpreter) ? '/bin/sh' : interpreter
  return (
    `${path} has no x bit in the image: chmod +x it where the image is built and build again` +
    ` (a chmod outside does not change an image), or COPY --chmod=755, or ENTRYPOINT ["${shell}","${path}"]`
  )
}

function adviseOnInterpreter(proc: Process, path: string, interpreter: string): string | undefined {
  if (interpreter.endsWith('\r')) {
    const name = interpreter.slice(0, -1)
    return `the #! line of ${path} ends in a carriage return, so the kernel looks for "${name}\\r": save it with LF line ends (sed -i 's/\\r$//')`
  }
  if (interpreter === '') return `the #! line of ${path} names no interpreter: write "#!/bin/sh"`
  if (exists(proc, interpreter)) return undefined
  const instead = /\/(ba|da|z|k)sh$/.test(interpreter) && exists(proc, '/bin/sh')
  const mend = instead
    ? `: write "#!/bin/sh", or ENTRYPOINT ["/bin/sh","${path}"]`
    : ': install it, or name one that is'
  return `the #! line of ${path} asks for ${interpreter}, which is not in the image${mend}`
}

function adviseOnElf(path: string, head: Uint8Array): string {
  const number = head[5] === 2 ? (head[18]! << 8) | head[19]! : (head[19]! << 8) | head[18]!
  const machine = MACHINES[number] ?? `number ${number}`
  return `${path} is an ELF executable for a real ${machine} machine; this box runs scripts, its own applets and WASI modules`
}

function interpreterOf(head: Uint8Array): string {
  const end = head.indexOf(10)
  const line = decode(head.subarray(2, end === -1 ? head.length : end)).replace(/^[ \t]+/, '')
  return /^[^ \t]*/.exec(line)?.[0] ?? ''
}

function exists(proc: Process, path: string): boolean {
  try {
    proc.stat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}
