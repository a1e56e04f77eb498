import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { readAttributes } from './extended-attributes.ts'

/** getfattr, as in busybox: values as they are, up to a NUL. */
export default applet({
  name: 'getfattr',
  about: 'Print the extended attributes of FILEs',
  operands: 'FILE...',
  options: {
    noFollow: flag('-h', 'Of links themselves'),
    dump: flag('-d', 'All, with their values'),
    name: text('-n', 'ATTR', 'This one'),
  },
  async main({ proc, options, operands, warn }) {
    if (operands.length === 0) throw new UsageError('')
    for (const file of operands) {
      try {
        await show(proc, file, options)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`${file}: ${error.message}`)
      }
    }
  },
})

async function show(
  proc: Process,
  file: string,
  how: { readonly noFollow: boolean; readonly name: string | undefined },
): Promise<void> {
  const all = readAttributes(proc, file, { follow: !how.noFollow })
  const wanted = how.name === undefined ? [...all.keys()] : [how.name]
  if (wanted.length === 0) return
  await proc.stdout.line(`# file: ${file}`)
  for (const name of wanted) {
    const value = all.get(name)
    if (!value) {
      await proc.stdout.flush()
      throw new SysError('ENODATA')
    }
    const end = value.indexOf(0)
    await proc.stdout.line(`${name}="${decode(end === -1 ? value : value.subarray(0, end))}"`)
  }
  await proc.stdout.line('')
}
