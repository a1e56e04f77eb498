import { applet } from './applet.ts'
import { succeeds } from './refused.ts'

export default applet({
  name: 'unlink',
  about: 'Take one name of a file away',
  operands: 'FILE',
  least: 1,
  most: 1,
  main({ proc, operands: [path = ''], warn }) {
    succeeds(warn, `can't remove file '${path}'`, () => proc.unlink(path))
  },
})
