import { decode } from '../lib/bytes.ts'
import { flag, list, number, parseBasedNumber, text } from '../lib/options.ts'
import { applet, type Invocation } from './applet.ts'
import { CANONICAL, hexdumpFiles } from './hexdump-files.ts'
import { openOperand } from './operands.ts'

const ADDRESS = '"%07.7_Ax\n"'

const options = {
  octal: flag('-b', 'Bytes in octal'),
  characters: flag('-c', 'Bytes as characters'),
  canonical: flag('-C', 'Sixteen bytes a line, in hexadecimal and as characters'),
  decimal: flag('-d', 'Pairs of bytes in decimal'),
  octalPairs: flag('-o', 'Pairs of bytes in octal'),
  hexadecimal: flag('-x', 'Pairs of bytes in hexadecimal'),
  all: flag('-v', 'Print lines that equal the one before, not a *'),
  formats: list('-e', 'FORMAT', `As FORMAT says: '16/1 "%02x " "\\n"'`),
  files: list('-f', 'FILE', 'As the formats in FILE say, one a line'),
  limit: number('-n', 'LENGTH', 'Stop after LENGTH bytes', undefined, { hasSuffix: true }),
  skip: text('-s', 'OFFSET', 'Begin after OFFSET bytes', '0'),
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  octal: [ADDRESS, '"%07.7_ax " 16/1 "%03o " "\n"'],
  characters: [ADDRESS, '"%07.7_ax " 16/1 "%3_c " "\n"'],
  canonical: CANONICAL,
  decimal: [ADDRESS, '"%07.7_ax " 8/2 "  %05u " "\n"'],
  octalPairs: [ADDRESS, '"%07.7_ax " 8/2 " %06o " "\n"'],
  hexadecimal: [ADDRESS, '"%07.7_ax " 8/2 "   %04x " "\n"'],
}

/** hexdump, as in BSD and busybox. */
export default applet({
  name: 'hexdump',
  about: 'Print the bytes of FILEs, or stdin, as numbers or in a format of your own',
  operands: '[FILE]...',
  options,
  async main(invocation) {
    const { options, operands } = invocation
    const formats = await chosenFormats(invocation)
    if (!formats) return 1
    const shown = formats.length > 0 ? formats : [ADDRESS, '"%07.7_ax " 8/2 "%04x " "\n"']
    const how = { formats: shown, showsAll: options.all, skip: parseBasedNumber(options.skip), limit: options.limit }
    await hexdumpFiles(invocation, operands, how)
  },
})

/** In the order in which they were given. undefined: a file of formats could not be read. */
async function chosenFormats({
  proc,
  warn,
  options: how,
  given,
}: Invocation<typeof options>): Promise<string[] | undefined> {
  const formats: string[] = []
  const [texts, files] = [[...how.formats], [...how.files]]
  for (const key of given) {
    formats.push(...(FORMATS[key] ?? []))
    if (key === 'formats') formats.push(texts.shift() ?? '')
    if (key !== 'files') continue
    const input = await openOperand({ proc, warn }, files.shift() ?? '')
    if (!input) return undefined
    const lines = decode(await input.all()).split('\n')
    formats.push(...lines.filter(line => line.trim() !== '' && !line.trim().startsWith('#')))
  }
  return formats
}
