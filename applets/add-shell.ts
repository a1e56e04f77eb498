import { applet } from './applet.ts'
import { readShells, writeShells } from './shells-file.ts'

/** add-shell, as in busybox. */
export default applet({
  name: 'add-shell',
  about: 'Add SHELLs to /etc/shells',
  operands: 'SHELL...',
  async main({ proc, operands }) {
    const before = readShells(proc)
    await writeShells(proc, [...before, ...operands.filter(shell => !before.includes(shell))])
  },
})
