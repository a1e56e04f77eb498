import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { joinPath } from './refused.ts'

export default applet({
  name: 'tree',
  about: 'Show directories as a tree',
  operands: '[DIR]...',
  options: { all: flag('-a', 'Names that begin with a dot too') },
  async main({ proc, operands, options }) {
    const counts = { directories: 0, files: 0 }
    for (const path of operands.length === 0 ? ['.'] : operands) {
      await show(proc, path, '', counts, options.all, path)
    }
    await proc.stdout.line(`\n${counts.directories} directories, ${counts.files} files`)
  },
})

async function show(
  proc: Process,
  path: string,
  indent: string,
  counts: { directories: number; files: number },
  isAll: boolean,
  title?: string,
): Promise<void> {
  const pause = proc.gate()
  if (pause) await pause
  let entries: ReturnType<Process['readDirectory']>
  try {
    entries = proc.readDirectory(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    await proc.stdout.line(`${path} [error opening dir]`)
    return
  }
  if (title !== undefined) await proc.stdout.line(title)
  const shown = entries.filter(({ name }) => isAll || !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const [index, { name, kind }] of shown.entries()) {
    const isLast = index === shown.length - 1
    const target = kind === 'symlink' ? ` -> ${proc.readlink(joinPath(path, name))}` : ''
    await proc.stdout.line(`${indent}${isLast ? '└── ' : '├── '}${name}${target}`)
    if (kind === 'directory') {
      counts.directories++
      await show(proc, joinPath(path, name), `${indent}${isLast ? '    ' : '│   '}`, counts, isAll)
    } else counts.files++
  }
}
