import { flag, list } from '../../lib/options.ts'
import { applet } from '../applet.ts'
import { RawTerminal } from '../raw-terminal.ts'
import { Editor } from './editor.ts'
import { exists, readText } from './files.ts'

/** vi, POSIX XCU, as much of it as busybox has. */
export default applet({
  name: 'vi',
  about: 'Edit FILEs on a full screen',
  operands: '[FILE]...',
  options: {
    commands: list('-c', 'CMD', 'Run CMD first, as after a colon (also $EXINIT and ~/.exrc)'),
    readOnly: flag('-R', 'Do not write without being forced'),
    features: flag('-H', 'Say what it can do'),
  },
  async main({ proc, options, operands, warn }) {
    if (options.features) {
      await proc.stdout.line('patterns and searches, registers, marks, undo, repetition, :set, :s, shell commands')
      return
    }
    const terminal = await RawTerminal.open(proc)
    if (!terminal) return warn('it needs a terminal')
    try {
      const commands = [...(await startCommands(proc)), ...options.commands]
      await new Editor(proc, terminal, operands, options.readOnly).run(commands)
    } finally {
      terminal.close()
    }
  },
})

async function startCommands(proc: Parameters<typeof exists>[0]): Promise<string[]> {
  const given = proc.env.get('EXINIT')
  if (given !== undefined) return given.split('\n')
  const file = `${proc.env.get('HOME') ?? ''}/.exrc`
  if (!exists(proc, file)) return []
  return (await readText(proc, file)).split('\n').filter(line => line !== '' && !line.startsWith('"'))
}
