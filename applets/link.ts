import { applet } from './applet.ts'
import { succeeds } from './refused.ts'

export default applet({
  name: 'link',
  about: 'Give a file one more name',
  operands: 'FILE LINK',
  least: 2,
  most: 2,
  main({ proc, operands: [path = '', link = ''], warn }) {
    succeeds(warn, `can't create hardlink '${link}' to '${path}'`, () => proc.link(path, link))
  },
})
