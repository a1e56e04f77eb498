import { SysError } from '../kernel/errno.ts'
import { flag, number, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { idsOf } from './become-user.ts'
import { environmentOf } from './environment-folder.ts'
import { execOrFail } from './exec-or-fail.ts'
import { limit, lowerLimits } from './limit-options.ts'

/** chpst, as in busybox (runit). */
export default applet({
  name: 'chpst',
  about: 'Run PROG in another state',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  options: {
    user: text('-u', 'USER[:GRP]', 'As this user'),
    idsInEnv: text('-U', 'USER[:GRP]', 'With these ids in $UID and $GID'),
    env: text('-e', 'DIR', 'With variables from the files in DIR'),
    root: text('-/', 'DIR', 'In another root directory'),
    nice: number('-n', 'N', 'Accepted: all processes share one priority', undefined, { isSigned: true }),
    most: limit('-m', 'BYTES', 'Limit data, stack, locked and all memory'),
    data: limit('-d', 'BYTES', 'Limit the data segment'),
    files: limit('-o', 'N', 'Limit open files'),
    processes: limit('-p', 'N', 'Limit processes of the user'),
    fileSize: limit('-f', 'BYTES', 'Limit the size of files'),
    core: limit('-c', 'BYTES', 'Limit core files'),
    verbose: flag('-v', 'Accepted'),
    group: flag('-P', 'In a new session'),
    noInput: flag('-0', 'Close stdin'),
    noOutput: flag('-1', 'Close stdout'),
    noErrors: flag('-2', 'Close stderr'),
  },
  main({ proc, options: how, operands }) {
    const ids = how.idsInEnv === undefined ? undefined : idsOf(proc, how.idsInEnv)
    if (ids) proc.env = new Map([...proc.env, ['GID', String(ids.gid)], ['UID', String(ids.uid)]])
    const user = how.user === undefined ? undefined : idsOf(proc, how.user)
    if (how.env !== undefined) proc.env = environmentOf(proc, how.env)
    if (how.root !== undefined) changeRoot(proc, how.root)
    lowerLimits(proc, how.most, ['data', 'stack', 'memlock', 'as'])
    lowerLimits(proc, how.data, ['data'])
    lowerLimits(proc, how.files, ['nofile'])
    lowerLimits(proc, how.processes, ['nproc'])
    lowerLimits(proc, how.fileSize, ['fsize'])
    lowerLimits(proc, how.core, ['core'])
    if (how.group && proc.pgid !== proc.pid) proc.setSession()
    const closed = [how.noInput, how.noOutput, how.noErrors]
    for (const [fd, isClosed] of closed.entries()) if (isClosed && proc.fds.has(fd)) proc.close(fd)
    if (user) proc.setCredentials(user)
    return execOrFail(proc, operands)
  },
})

function changeRoot(proc: Parameters<typeof execOrFail>[0], directory: string): void {
  try {
    proc.chroot(directory)
    proc.chdir('/')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change root directory to '${directory}': ${error.message}`)
  }
}
