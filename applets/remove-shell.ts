import { applet } from './applet.ts'
import { readShells, writeShells } from './shells-file.ts'

/** remove-shell, as in busybox. */
export default applet({
  name: 'remove-shell',
  about: 'Take SHELLs out of /etc/shells',
  operands: 'SHELL...',
  async main({ proc, operands }) {
    await writeShells(
      proc,
      readShells(proc).filter(shell => !operands.includes(shell)),
    )
  },
})
