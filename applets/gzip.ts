import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { runCompression } from './compression.ts'

const LEVELS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** gzip, as in busybox. */
export default applet({
  name: 'gzip',
  outputName: 'write error',
  about: 'Compress FILEs in place, or stdin to stdout',
  operands: '[FILE]...',
  options: {
    decompress: flag('-d --decompress --uncompress', 'Decompress'),
    stdout: flag('-c --stdout --to-stdout', 'Write to stdout and keep FILEs'),
    force: flag('-f --force', 'Replace files that are there'),
    keep: flag('-k --keep', 'Keep FILEs'),
    test: flag('-t --test', 'Only check that FILEs can be decompressed'),
    verbose: flag('-v --verbose', 'Tell what was gained'),
    quiet: flag('-q --quiet', 'Accepted: nothing is told without -v'),
    noName: flag('-n --no-name', 'Accepted: names are never stored'),
    level: {
      names: [...LEVELS.map(level => `-${level}`), '--fast', '--best'],
      about: 'From fastest to smallest',
      initial: 6,
      take: (_: number, __: string | undefined, name: string) =>
        name === '--fast' ? 1 : name === '--best' ? 9 : Number(name.slice(1)),
    },
  },
  async main(invocation) {
    const { decompress, stdout, force, keep, test, verbose, level } = invocation.options
    const how = { isDecompressing: decompress || test, toStdout: stdout, force, keep, test, verbose, level }
    await runCompression(invocation, how)
  },
})
