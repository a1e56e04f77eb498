import { parseMode } from '../lib/mode-string.ts'
import { text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { succeeds } from './refused.ts'

export default applet({
  name: 'mkfifo',
  about: 'Make named pipes',
  operands: 'NAME...',
  least: 1,
  options: { mode: text('-m --mode', 'MODE', 'Mode (default a=rw)') },
  main({ proc, options, operands, warn }) {
    const mode = options.mode === undefined ? undefined : parseMode(options.mode, { mode: 0o666, umask: proc.umask })
    if (options.mode !== undefined && mode === undefined) throw new Failure(`invalid mode '${options.mode}'`)
    for (const path of operands) {
      succeeds(warn, path, () => {
        proc.mknod(path, 'fifo')
        if (mode !== undefined) proc.chmod(path, mode)
      })
    }
  },
})
