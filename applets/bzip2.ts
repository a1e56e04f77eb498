import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { bzip2Codec } from './codecs.ts'
import { runCompression } from './compression.ts'

/** bzip2, as in busybox. */
export default applet({
  name: 'bzip2',
  outputName: 'write error',
  about: 'Compress FILEs in place, or stdin to stdout',
  operands: '[FILE]...',
  options: {
    decompress: flag('-d --decompress', 'Decompress'),
    stdout: flag('-c --stdout', 'Write to stdout and keep FILEs'),
    force: flag('-f --force', 'Replace files that are there'),
    keep: flag('-k --keep', 'Keep FILEs'),
    test: flag('-t --test', 'Only check that FILEs can be decompressed'),
    level: {
      names: ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(level => `-${level}`),
      about: 'In blocks of so many hundred thousand bytes',
      initial: 9,
      take: (_: number, __: string | undefined, name: string) => Number(name.slice(1)),
    },
  },
  async main(invocation) {
    const { decompress, stdout, force, keep, test, level } = invocation.options
    const how = { codec: bzip2Codec, toStdout: stdout, force, keep, test, verbose: false, level }
    await runCompression(invocation, { isDecompressing: decompress || test, ...how })
  },
})
