import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { anyCodec } from './codecs.ts'
import { runCompression } from './compression.ts'

const WORDS = new Map([['invalid magic', 'no gzip/bzip2/xz magic']])

/** zcat, as in busybox: for gzip, bzip2, xz and compress data. */
export default applet({
  name: 'zcat',
  outputName: 'write',
  about: 'Decompress FILEs, or stdin, to stdout',
  operands: '[FILE]...',
  options: {
    force: flag('-f', 'Accepted: nothing is replaced'),
    stdout: flag('-c', 'Accepted: it is so anyway'),
  },
  async main(invocation) {
    const rest = { force: false, keep: true, test: false, verbose: false, level: 6, words: WORDS }
    await runCompression(invocation, { codec: anyCodec, isDecompressing: true, toStdout: true, ...rest })
  },
})
