import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { xzCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** unxz, as in busybox. */
export default applet({
  name: 'unxz',
  outputName: 'write',
  about: 'Decompress xz FILEs in place, or stdin to stdout',
  operands: '[FILE]...',
  options: {
    stdout: flag('-c --stdout', 'Write to stdout and keep FILEs'),
    force: flag('-f --force', 'Replace files that are there'),
    keep: flag('-k --keep', 'Keep FILEs'),
    test: flag('-t --test', 'Only check that FILEs can be decompressed'),
  },
  async main(invocation) {
    const { stdout, force, keep, test } = invocation.options
    const how = { codec: xzCodec, toStdout: stdout, force, keep, test, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
