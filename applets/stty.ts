import { applet, Failure } from './applet.ts'
import { applySettings } from './stty-set.ts'
import { describeTerminal, saveTerminal } from './stty-show.ts'

export default applet({
  name: 'stty',
  about: "Show or set a terminal's modes",
  operands: '[-a|-g] [-F DEVICE] [SETTING]...',
  raw: true,
  notes: [
    'SETTING: a flag (-a lists them; with - before it: off), CHARACTER KEY (^C, undef), min N, time N, N (speed),',
    'cs5 to cs8, rows N, cols N, size, speed, sane, raw, cooked, cbreak, nl, ek, crt, dec, what -g prints',
  ],
  async main({ proc, operands }) {
    const { device, isWhole, isSaved, settings } = readWords(operands)
    const fd = device === undefined ? 0 : await proc.open(device, { read: true, nonBlocking: true })
    const terminal = proc.terminal(fd)
    if (!terminal) throw new Failure(`${device ?? 'standard input'}: Inappropriate ioctl for device`)
    if (isSaved) return void (await proc.stdout.line(saveTerminal(terminal.termios)))
    if (isWhole || settings.length === 0) return void (await proc.stdout.write(describeTerminal(terminal, { isWhole })))
    for (const answer of applySettings(terminal, settings)) await proc.stdout.line(answer)
  },
})

interface Words {
  readonly device: string | undefined
  readonly isWhole: boolean
  readonly isSaved: boolean
  readonly settings: readonly string[]
}

/** Settings begin with a dash too, so the three options are picked out by hand. */
function readWords(words: readonly string[]): Words {
  let device: string | undefined
  const letters = new Set<string>()
  const settings: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word.startsWith('-F')) device = word.length > 2 ? word.slice(2) : words[++at]
    else if (/^-[ag]+$/.test(word)) for (const letter of word.slice(1)) letters.add(letter)
    else settings.push(word)
  }
  const [isWhole, isSaved] = [letters.has('a'), letters.has('g')]
  if (isWhole && isSaved) throw new Failure('-a and -g are mutually exclusive')
  if ((isWhole || isSaved) && settings.length > 0) throw new Failure('modes may not be set when -a or -g is used')
  return { device, isWhole, isSaved, settings }
}
