import type { Limits } from '../../kernel/limits.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

interface Row {
  readonly letter: string
  readonly words: string
  /** undefined: nothing limits it here. */
  readonly value: (limits: Limits) => number | undefined
}

/** What a container limits; the rest of setrlimit(2) has no meaning in it. */
const ROWS: readonly Row[] = [
  { letter: 'c', words: 'core file size (blocks)', value: () => 0 },
  { letter: 'd', words: 'data seg size (kb)', value: limits => Math.floor(limits.memory / 1024) },
  { letter: 'f', words: 'file size (blocks)', value: limits => Math.floor(limits.fileBytes / 512) },
  { letter: 'm', words: 'max memory size (kb)', value: limits => Math.floor(limits.memory / 1024) },
  { letter: 'n', words: 'open files', value: limits => limits.openFiles },
  { letter: 'p', words: 'pipe size (bytes)', value: limits => limits.pipeBytes },
  { letter: 's', words: 'stack size (levels)', value: limits => limits.depth },
  { letter: 't', words: 'cpu time (seconds)', value: () => undefined },
  { letter: 'u', words: 'max user processes', value: limits => limits.processes },
  { letter: 'v', words: 'virtual memory (kb)', value: limits => Math.floor(limits.memory / 1024) },
]

/** differs: the container's limits are shown and cannot be changed from inside. */
export default builtin({
  name: 'ulimit',
  pure: true,
  raw: true,
  about: 'Show the limits of the container',
  operands: '[-HSa] [-cdfmnpstuv]',
  main({ shell, operands }) {
    const letters = [...operands.filter(word => word.startsWith('-')).join('')].filter(
      letter => !'-HS'.includes(letter),
    )
    const unknown = letters.find(letter => letter !== 'a' && !ROWS.some(row => row.letter === letter))
    if (unknown !== undefined) {
      shell.say(`ulimit: invalid option -- '${unknown}'\n`)
      return 1
    }
    const { limits } = shell.proc.kernel
    const wanted = operands.find(word => !word.startsWith('-'))
    if (wanted !== undefined) {
      const row = ROWS.find(({ letter }) => letter === (letters[0] ?? 'f'))
      if (row && show(row.value(limits)) === wanted) return 0
      shell.complainBriefly('ulimit: error setting limit: Operation not permitted')
      return 1
    }
    if (letters.includes('a')) {
      const lines = ROWS.map(row => `${row.words.padEnd(32)}(-${row.letter}) ${show(row.value(limits))}\n`)
      return print(shell, lines.join(''))
    }
    const rows = ROWS.filter(({ letter }) => (letters.length === 0 ? letter === 'f' : letters.includes(letter)))
    return print(shell, rows.map(row => `${show(row.value(limits))}\n`).join(''))
  },
})

function show(value: number | undefined): string {
  return value === undefined || value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value)
}
