import { applet } from './applet.ts'
import { lzmaCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** lzcat, as in busybox. */
export default applet({
  name: 'lzcat',
  outputName: 'write',
  about: 'Decompress lzma FILEs, or stdin, to stdout',
  operands: '[FILE]...',
  async main(invocation) {
    const how = { codec: lzmaCodec, toStdout: true, force: false, keep: true, test: false, verbose: false, level: 9 }
    await runCompression(invocation, { isDecompressing: true, ...how })
  },
})
