import { applet } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'
import { limit, lowerLimits } from './limit-options.ts'

/** softlimit, as in busybox (daemontools). */
export default applet({
  name: 'softlimit',
  about: 'Run PROG with lower soft limits',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  options: {
    all: limit('-a', 'BYTES', 'Of all memory'),
    most: limit('-m', 'BYTES', 'The same as -d -s -l -a together'),
    data: limit('-d', 'BYTES', 'Of the data segment'),
    stack: limit('-s', 'BYTES', 'Of the stack'),
    locked: limit('-l', 'BYTES', 'Of locked memory'),
    files: limit('-o', 'N', 'Open files'),
    processes: limit('-p', 'N', 'Processes of the user'),
    fileSize: limit('-f', 'BYTES', 'Size of files that are written'),
    core: limit('-c', 'BYTES', 'Size of core files'),
    resident: limit('-r', 'BYTES', 'Of memory that is in use'),
    time: limit('-t', 'N', 'Seconds of CPU time'),
  },
  main({ proc, options: how, operands }) {
    lowerLimits(proc, how.most, ['data', 'stack', 'memlock', 'as'])
    lowerLimits(proc, how.all, ['as'])
    lowerLimits(proc, how.data, ['data'])
    lowerLimits(proc, how.stack, ['stack'])
    lowerLimits(proc, how.locked, ['memlock'])
    lowerLimits(proc, how.files, ['nofile'])
    lowerLimits(proc, how.processes, ['nproc'])
    lowerLimits(proc, how.fileSize, ['fsize'])
    lowerLimits(proc, how.core, ['core'])
    lowerLimits(proc, how.resident, ['rss'])
    lowerLimits(proc, how.time, ['cpu'])
    return execOrFail(proc, operands)
  },
})
