import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { applet } from './applet.ts'
import { readProcesses } from './process-table.ts'

/** lsof, as in busybox: process id, program and file, with tabs between. */
export default applet({
  name: 'lsof',
  about: 'Print all open files of all processes',
  async main({ proc }) {
    for (const { pid } of readProcesses(proc)) {
      const program = linkAt(proc, `/proc/${pid}/exe`)
      for (const { name } of folderAt(proc, `/proc/${pid}/fd`)) {
        const file = linkAt(proc, `/proc/${pid}/fd/${name}`)
        if (program !== undefined && file !== undefined) await proc.stdout.line(`${pid}\t${program}\t${file}`)
      }
    }
  },
})

/** undefined: it ended while we looked, or is not ours. */
function linkAt(proc: Process, path: string): string | undefined {
  try {
    return proc.readlink(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function folderAt(proc: Process, path: string): ReturnType<Process['readDirectory']> {
  try {
    return proc.readDirectory(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}
