import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { compressCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** uncompress, as in busybox. */
export default applet({
  name: 'uncompress',
  about: 'Decompress compress FILEs in place, or stdin to stdout',
  operands: '[FILE]...',
  options: {
    stdout: flag('-c', 'Write to stdout and keep FILEs'),
    force: flag('-f', 'Replace files that are there'),
  },
  async main(invocation) {
    const { stdout, force } = invocation.options
    const how = { codec: compressCodec, toStdout: stdout, force, keep: false, test: false, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
