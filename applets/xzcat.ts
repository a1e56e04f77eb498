import { applet } from './applet.ts'
import { xzCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** xzcat, as in busybox. */
export default applet({
  name: 'xzcat',
  outputName: 'write',
  about: 'Decompress xz FILEs, or stdin, to stdout',
  operands: '[FILE]...',
  async main(invocation) {
    const how = { codec: xzCodec, toStdout: true, force: false, keep: true, test: false, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
