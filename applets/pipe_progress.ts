import { applet } from './applet.ts'

/** pipe_progress, as in busybox: a dot a second while bytes pass. */
export default applet({
  name: 'pipe_progress',
  about: 'Copy stdin to stdout, and print a dot on stderr each second',
  most: 0,
  async main({ proc }) {
    let last = proc.kernel.clock.now()
    for await (const chunk of proc.stdin.chunks()) {
      const written = proc.stdout.write(chunk)
      if (written) await written
      const now = proc.kernel.clock.now()
      if (now - last >= 1000) {
        last = now
        await proc.stderr.write('.')
        await proc.stderr.flush()
      }
      const pause = proc.gate()
      if (pause) await pause
    }
    await proc.stdout.flush()
    await proc.stderr.write('\n')
  },
})
