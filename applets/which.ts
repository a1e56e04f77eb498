import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'which',
  about: 'Print where commands are found',
  operands: 'COMMAND...',
  least: 1,
  options: { all: flag('-a', 'All of them, not only the first') },
  async main({ proc, options, operands }) {
    let status = 0
    const folders = (proc.env.get('PATH') ?? '/sbin:/usr/sbin:/bin:/usr/bin').split(':')
    for (const name of operands) {
      const places = name.includes('/') ? [name] : folders.map(folder => `${folder || '.'}/${name}`)
      const found = places.filter(path => proc.isExecutable(path))
      if (found.length === 0) status = 1
      for (const path of options.all ? found : found.slice(0, 1)) await proc.stdout.line(path)
    }
    return status
  },
})
