import { UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { closeInput, openOrFail } from './operands.ts'

/** fatattr, as in busybox. No file system here is a FAT, and each file is refused as Linux refuses it. */
export default applet({
  name: 'fatattr',
  about: 'Show or change the attributes of files on FAT (no file system here is one: each FILE is refused)',
  operands: '[-+rhsvda] FILE...',
  raw: true,
  async main({ proc, operands }) {
    const first = operands.findIndex(word => !/^[-+]/.test(word))
    const letters = operands.slice(0, first === -1 ? undefined : first).flatMap(word => [...word.slice(1)])
    const wrong = letters.find(letter => !'rhsvda'.includes(letter))
    if (wrong !== undefined) throw new Failure(`invalid character '${wrong}'`)
    if (first === -1) throw new UsageError('')
    closeInput(proc, await openOrFail(proc, operands[first]!))
    throw new Failure('FAT_IOCTL_GET_ATTRIBUTES: Inappropriate ioctl for device')
  },
})
