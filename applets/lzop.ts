import { lzopStream, unlzopStream } from '../lib/lzop.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import type { Codec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** lzop, as in busybox, with the names by which it decompresses. */
export default applet({
  name: 'lzop',
  aliases: ['unlzop', 'lzopcat'],
  about: 'Compress FILEs, or stdin to stdout, by LZO; FILEs are kept',
  operands: '[FILE]...',
  options: {
    decompress: flag('-d', 'Decompress'),
    stdout: flag('-c', 'Write to stdout'),
    force: flag('-f', 'Replace files that are there'),
    removes: flag('-U', 'Remove FILEs when they are done'),
    verbose: flag('-v', 'Tell what was gained'),
    hasNoSums: flag('-F', 'Neither store nor check sums'),
    hasPackedSums: flag('-C', 'Store the sums of packed blocks too'),
    level: {
      names: Array.from({ length: 9 }, (_, i) => `-${i + 1}`),
      about: 'How hard to try (7 to 9 are refused)',
      initial: 3,
      take: (_: number, __: string | undefined, name: string) => Number(name.slice(1)),
    },
  },
  async main(invocation) {
    const { proc, options } = invocation
    const name = (proc.argv[0] ?? '').replace(/.*\//, '')
    const isDecompressing = options.decompress || name !== 'lzop'
    // busybox: built without the slow levels, as Debian's and the official image's are.
    if (!isDecompressing && options.level > 6) throw new Failure('high compression not compiled in')
    const codec: Codec = {
      suffix: '.lzo',
      compress: source => lzopStream(source, options),
      decompress: source => unlzopStream(source, { checks: !options.hasNoSums }),
      // busybox: any other name gets an end of its own.
      restoredName: file => (/.\.lzo$/.test(file) ? file.slice(0, -4) : `${file}.out`),
    }
    await runCompression(invocation, {
      codec,
      isDecompressing,
      toStdout: options.stdout || name === 'lzopcat',
      force: options.force,
      keep: !options.removes,
      test: false,
      verbose: options.verbose,
      level: options.level,
    })
  },
})
