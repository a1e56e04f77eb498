import { flag, number } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'nproc',
  about: 'Print how many processors there are',
  options: { all: flag('--all', 'All of them'), ignore: number('--ignore', 'N', 'So many fewer', 0) },
  async main({ proc, options }) {
    await proc.stdout.line(String(Math.max(1, 1 - options.ignore)))
  },
})
