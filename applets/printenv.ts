import { applet } from './applet.ts'

export default applet({
  name: 'printenv',
  about: 'Print variables of the environment',
  operands: '[VARIABLE]...',
  async main({ proc, operands }) {
    if (operands.length === 0) {
      for (const [name, value] of proc.env) await proc.stdout.line(`${name}=${value}`)
      return 0
    }
    let status = 0
    for (const name of operands) {
      const value = proc.env.get(name)
      if (value === undefined) status = 1
      else await proc.stdout.line(value)
    }
    return status
  },
})
