import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { runCompression } from './compression.ts'

/** gunzip, as in busybox. */
export default applet({
  name: 'gunzip',
  outputName: 'write',
  about: 'Decompress FILEs in place, or stdin to stdout',
  operands: '[FILE]...',
  options: {
    stdout: flag('-c --stdout --to-stdout', 'Write to stdout and keep FILEs'),
    force: flag('-f --force', 'Replace files that are there'),
    keep: flag('-k --keep', 'Keep FILEs'),
    test: flag('-t --test', 'Only check that FILEs can be decompressed'),
    quiet: flag('-q --quiet', 'Accepted: nothing is told'),
    noName: flag('-n --no-name', 'Accepted: stored names are never used'),
  },
  async main(invocation) {
    const { stdout, force, keep, test } = invocation.options
    const how = { isDecompressing: true, toStdout: stdout, force, keep, test, verbose: false, level: 6 }
    await runCompression(invocation, how)
  },
})
