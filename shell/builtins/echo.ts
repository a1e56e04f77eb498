import { echoText } from '../../applets/echo.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'echo',
  pure: true,
  raw: true,
  about: 'Print the operands, with blanks between',
  operands: '[-neE] [WORD]...',
  text: (_, operands) => echoText(operands),
  main: ({ shell, operands }) => print(shell, echoText(operands)),
})
