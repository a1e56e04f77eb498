import { SysError } from '../kernel/errno.ts'
import { applet, Failure } from './applet.ts'
import { requireSupervisor, serviceFolder } from './service-control.ts'

const NOT_RUNNING = 100
const NO_FOLDER = 111

/** svok, as in busybox (daemontools). */
export default applet({
  name: 'svok',
  about: 'Say by the status whether the supervisor of a service runs: 0, or 100; 111: no such folder',
  operands: 'SERVICE_DIR',
  least: 1,
  most: 1,
  async main({ proc, operands: [name = ''] }) {
    const folder = serviceFolder(proc, name)
    const start = /^[./]/.test(name) ? folder : folder.slice(0, -name.length - 1)
    for (const path of [start, folder]) {
      try {
        if (proc.stat(path).kind !== 'directory') throw new SysError('ENOTDIR')
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`can't change directory to '${path === start ? start : name}': ${error.message}`, NO_FOLDER)
      }
    }
    try {
      await requireSupervisor(proc, folder)
      return 0
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno === 'ENOENT' || error.errno === 'ENXIO') return NOT_RUNNING
      throw new Failure(`can't open '${folder}/supervise/ok': ${error.message}`, NO_FOLDER)
    }
  },
})
