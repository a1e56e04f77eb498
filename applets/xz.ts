import { flag, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { xzCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** xz, as in busybox: it only reads the format. */
export default applet({
  name: 'xz',
  about: 'Decompress xz FILEs in place, or stdin to stdout (-d must be given: it cannot compress)',
  operands: '[FILE]...',
  options: {
    decompress: flag('-d --decompress', 'Decompress'),
    stdout: flag('-c --stdout', 'Write to stdout and keep FILEs'),
    force: flag('-f --force', 'Replace files that are there'),
    keep: flag('-k --keep', 'Keep FILEs'),
    test: flag('-t --test', 'Only check that FILEs can be decompressed'),
  },
  async main(invocation) {
    const { decompress, stdout, force, keep, test } = invocation.options
    if (!decompress && !test) throw new UsageError('')
    const how = { codec: xzCodec, toStdout: stdout, force, keep, test, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
