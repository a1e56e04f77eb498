import { applet } from './applet.ts'

const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT NL VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

const HEAD = 'Dec Hex    Dec Hex    Dec Hex  Dec Hex  Dec Hex  Dec Hex   Dec Hex   Dec Hex'

/** ascii, as in busybox. */
export default applet({
  name: 'ascii',
  about: 'Print the table of ASCII',
  most: 0,
  async main({ proc }) {
    await proc.stdout.line(HEAD)
    for (let row = 0; row < 16; row++) {
      const cells = Array.from({ length: 8 }, (_, column) => cell(row + 16 * column))
      await proc.stdout.line(cells.join(' '))
    }
  },
})

function cell(code: number): string {
  const name = code < 32 ? NAMES[code]!.padEnd(3) : code === 127 ? 'DEL' : String.fromCharCode(code)
  return `${String(code).padStart(code < 96 ? 3 : 4)} ${code.toString(16).padStart(2, '0')} ${name}`
}
