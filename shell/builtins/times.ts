import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'times',
  special: true,
  pure: true,
  raw: true,
  about: 'Show the time that the shell and its children have used',
  main({ shell }) {
    const own = minutes(shell.proc.cpu)
    return print(shell, `${own} 0m0.000s\n0m0.000s 0m0.000s\n`)
  },
})

function minutes(ms: number): string {
  const seconds = ms / 1000
  return `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`
}
