import { applet } from './applet.ts'
import { bzip2Codec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** bzcat, as in busybox. */
export default applet({
  name: 'bzcat',
  outputName: 'write',
  about: 'Decompress bzip2 FILEs, or stdin, to stdout',
  operands: '[FILE]...',
  async main(invocation) {
    const how = { codec: bzip2Codec, toStdout: true, force: false, keep: true, test: false, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
