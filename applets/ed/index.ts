import { flag, text } from '../../lib/options.ts'
import { applet } from '../applet.ts'
import { LineReader } from '../line-reader.ts'
import { EdError, Editor } from './editor.ts'

/** ed, as in busybox: a part of POSIX's, which looks for plain text and not for patterns. */
export default applet({
  name: 'ed',
  about: 'Edit a file line by line',
  operands: '[FILE]',
  options: {
    prompt: text('-p', 'PROMPT', 'Print PROMPT before each command is read', ''),
    silent: flag('-s', 'Do not tell how much was read or written'),
  },
  notes: [
    "Commands: a i c d p l r w f k s z q, = and an empty line; addresses: N . $ +N -N /text/ and 'x",
    'What is looked for is plain text. No g, v, m, t, j, u, e and !: they are refused as unimplemented.',
  ],
  async main({ proc, options, operands: [file], warn }) {
    const lines = new LineReader(proc.stdin)
    const editor = new Editor(proc, { silent: options.silent, prompt: options.prompt }, lines)
    try {
      if (file !== undefined) await editor.open(file)
    } catch (error) {
      if (!(error instanceof EdError)) throw error
      warn(error.message)
      return 0
    }
    for (;;) {
      try {
        if ((await editor.step()) === 'ended') return 0
      } catch (error) {
        if (!(error instanceof EdError)) throw error
        await proc.stdout.flush()
        warn(error.message)
      }
    }
  },
})
