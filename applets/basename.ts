import { flag, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { baseName } from './refused.ts'

export default applet({
  name: 'basename',
  about: 'Print the last name of a path, without a suffix when one is given',
  operands: 'FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...',
  least: 1,
  stopAtOperand: true,
  options: { all: flag('-a', 'All operands are files'), suffix: text('-s', 'SUFFIX', 'Remove SUFFIX (implies -a)') },
  async main({ proc, options, operands }) {
    const isMany = options.all || options.suffix !== undefined
    if (!isMany && operands.length > 2) throw new UsageError('')
    const files = isMany ? operands : operands.slice(0, 1)
    const suffix = options.suffix ?? (isMany ? '' : (operands[1] ?? ''))
    for (const file of files) {
      const name = baseName(file)
      await proc.stdout.line(
        suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
      )
    }
  },
})
