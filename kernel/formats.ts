// The executable formats that need nothing but names: `#!`, the applet mark, and ELF files named like an applet.

import { decode } from '../lib/bytes.ts'
import { SysError } from './errno.ts'
import type { ExecutableFormat, LoadedProgram, Program } from './program.ts'

/** What our own `/bin/busybox` begins with. */
export const APPLET_MARK = '\x7fCOWBOX applets\n'

/** `#! interpreter [argument]`: the rest of the line is one argument, blanks around it are dropped (execve(2)). */
export const scriptFormat: ExecutableFormat = {
  name: 'script',
  load({ path, argv, head, interpreter }) {
    if (head[0] !== 0x23 || head[1] !== 0x21) return undefined
    const end = head.indexOf(10)
    const line = decode(head.subarray(2, end === -1 ? head.length : end)).replace(/^[ \t]+|[ \t]+$/g, '')
    const [, file = '', argument] = /^([^ \t]*)(?:[ \t]+(.*))?$/.exec(line) ?? []
    if (file === '') throw new SysError('ENOEXEC')
    return interpreter(file, [file, ...(argument ? [argument] : []), path, ...argv.slice(1)])
  },
}

/** A file with the applet mark runs the program named by argv[0]; `busybox NAME ...` runs the one named by argv[1]. */
export function appletFormat(programs: ReadonlyMap<string, Program>): ExecutableFormat {
  return {
    name: 'applet',
    load({ head, argv }) {
      return startsWith(head, APPLET_MARK) ? namedProgram(programs, argv) : undefined
    },
  }
}

/** A real machine's executable whose name is an applet: a real busybox image runs by our applets. */
export function elfFormat(programs: ReadonlyMap<string, Program>): ExecutableFormat {
  return {
    name: 'elf',
    load({ path, head, argv }) {
      if (!startsWith(head, '\x7fELF')) return undefined
      const program = programs.get(baseName(argv[0] ?? path)) ?? programs.get(baseName(path))
      return program && { program, argv }
    },
  }
}

function namedProgram(programs: ReadonlyMap<string, Program>, argv: readonly string[]): LoadedProgram | undefined {
  const name = baseName(argv[0] ?? 'busybox').replace(/^-/, '')
  const program = programs.get(name)
  if (program) return { program, argv }
  // busybox: under a name that begins with its own it is itself; under any other it has no such applet.
  const itself = programs.get('busybox')
  return itself && { program: itself, argv: name.startsWith('busybox') ? argv : ['busybox', name, ...argv.slice(1)] }
}

function startsWith(head: Uint8Array, mark: string): boolean {
  for (let i = 0; i < mark.length; i++) if (head[i] !== mark.charCodeAt(i)) return false
  return true
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
