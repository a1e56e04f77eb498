import { builtin, parseCount } from './builtin.ts'

/** busybox: more than there are is a failure without a message. */
export default builtin({
  name: 'shift',
  special: true,
  pure: true,
  raw: true,
  about: 'Drop the first N positional parameters',
  operands: '[N]',
  main({ shell, operands: [count] }) {
    const drop = count === undefined ? 1 : parseCount(count)
    if (drop > shell.positional.length) return 1
    shell.positional = shell.positional.slice(drop)
    return 0
  },
})
