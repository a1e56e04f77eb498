import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'
import { joinPath } from './refused.ts'

/** envdir's and chpst's: a file a variable, its first line the value. Throws Failure `can't change directory to ...`. */
export function environmentOf(proc: Process, directory: string): Map<string, string> {
  const env = new Map(proc.env)
  try {
    for (const { name } of proc.readDirectory(directory)) {
      if (name.startsWith('.') || name.includes('=')) continue
      const text = decode(proc.contentsOf(joinPath(directory, name)))
      // An empty file takes the variable away; a NUL stands for a newline.
      if (text === '') env.delete(name)
      else env.set(name, (text.split('\n')[0] ?? '').replace(/[ \t]+$/, '').replaceAll('\0', '\n'))
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change directory to '${directory}': ${error.message}`)
  }
  return env
}
