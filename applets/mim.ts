import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { applet } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

/** mim, as in busybox: a file whose targets are pieces of shell. */
export default applet({
  name: 'mim',
  about: 'Run a target of a file that looks like a Makefile, in the shell',
  operands: '[-f FILE] [SHELL_OPTIONS] [TARGET] [ARG]...',
  raw: true,
  notes: ['A line `NAME:` begins a target. The first one is run when none is named; what is above it is run always.'],
  async main({ proc, operands }) {
    const hasFile = operands[0] === '-f' && operands[1] !== undefined
    const file = hasFile ? operands[1]! : 'Mimfile'
    const rest = hasFile ? operands.slice(2) : operands
    const text = textOf(proc, file)
    if (text === undefined) {
      await proc.stderr.line(`mim: line 7: can't open ${file}: no such file`)
      return 1
    }
    const first = rest.findIndex(word => !/^[-+]/.test(word))
    const options = first === -1 ? rest : rest.slice(0, first)
    return execOrFail(proc, ['sh', ...options, '-c', scriptOf(text), 'sh', ...(first === -1 ? [] : rest.slice(first))])
  },
})

/** Targets become the branches of a case. */
function scriptOf(text: string): string {
  const lines = text.split('\n')
  const isTarget = (line: string) => /^[^\s:#][^\s:]*:$/.test(line)
  const firstAt = lines.findIndex(isTarget)
  if (firstAt === -1) return text
  const body = lines.slice(firstAt).map((line, at) => {
    if (!isTarget(line)) return line
    return `${at === 0 ? '' : ';;\n'}${line.slice(0, -1)})`
  })
  const firstName = lines[firstAt]!.slice(0, -1)
  return [
    ...lines.slice(0, firstAt),
    `[ $# -eq 0 ] && set -- ${firstName}`,
    'TARGET=$1; shift',
    'case $TARGET in',
    ...body,
    ';;',
    '*) echo "Unknown command $TARGET"; exit 1;;',
    'esac',
  ].join('\n')
}

function textOf(proc: Process, file: string): string | undefined {
  try {
    return decode(proc.contentsOf(file))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
