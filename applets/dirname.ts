import { applet } from './applet.ts'

export default applet({
  name: 'dirname',
  about: 'Print a path without its last name',
  operands: 'FILE',
  least: 1,
  most: 1,
  async main({ proc, operands: [path = ''] }) {
    const trimmed = path.replace(/\/+$/, '')
    const slash = trimmed.lastIndexOf('/')
    if (trimmed === '' && path !== '') return void (await proc.stdout.line('/'))
    await proc.stdout.line(slash === -1 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/')
  },
})
