import { describe, expect, it } from 'vitest'
import { encode } from '../../../lib/bytes.ts'
import { type Key, KeyDecoder } from '../../../shell/interactive/keys.ts'

/** Keys by name, texts and pastes as they are. */
function keys(...pieces: (string | Uint8Array)[]): string[] {
  const decoder = new KeyDecoder()
  const show = (key: Key) => (key.kind === 'key' ? `<${key.name}>` : key.kind === 'paste' ? `[${key.text}]` : key.text)
  return pieces
    .flatMap(piece => decoder.feed(typeof piece === 'string' ? encode(piece) : piece, { isLast: true }))
    .map(show)
}

describe('keys', () => {
  const cases: readonly [bytes: string, ...keys: string[]][] = [
    ['a\x01\r\n\t\x7f\x08', 'a', '<C-a>', '<enter>', '<enter>', '<tab>', '<backspace>', '<backspace>'],
    ['\x1b[A\x1bOA\x1b[1;5A\x1b[1;3A', '<up>', '<up>', '<C-up>', '<M-up>'],
    ['\x1b[H\x1bOH\x1b[1~\x1b[7~', '<home>', '<home>', '<home>', '<home>'],
    ['\x1b[F\x1bOF\x1b[4~\x1b[8~', '<end>', '<end>', '<end>', '<end>'],
    ['\x1b[3~\x1b[3;5~\x1b[3^', '<delete>', '<C-delete>', '<C-delete>'],
    ['\x1bOc\x1bOd', '<C-right>', '<C-left>'],
    ['\x1b[Z', '<S-tab>'],
    ['\x1bb\x1b\x7f\x1bé', '<M-b>', '<M-backspace>', '<M-é>'],
    ['\x1b\x1b[A', '<M-up>'],
    ['\x1b', '<escape>'],
    ['\x1b\x1b', '<escape>', '<escape>'],
    ['\x1b[[A\x1b[15~x', 'x'],
    ['é日😀', 'é', '日', '😀'],
    ['\x1f\x00', '<C-_>', '<C-@>'],
    ['\x1b[200~a\r\nb\x1b[Ac\x1b[201~d', '[a\nb\x1b[Ac]', 'd'],
  ]
  it.each(cases)('%j', (bytes, ...names) => expect(keys(bytes)).toEqual(names))

  it('a character that comes in pieces', () => {
    expect(
      keys(Uint8Array.of(0xe6), Uint8Array.of(0x97, 0xa5), Uint8Array.of(0xf0, 0x9f), Uint8Array.of(0x98, 0x80)),
    ).toEqual(['日', '😀'])
  })

  it('a sequence that comes in pieces after its first two bytes', () => {
    expect(keys('\x1b[', '1;', '5C', '\x1b[200', '~pa', 'ste\x1b[2', '01~')).toEqual(['<C-right>', '[paste]'])
  })

  it('bytes that are no UTF-8 are kept', () => {
    expect(keys(Uint8Array.of(0xff, 0x61, 0xc3, 0x28))).toEqual(['\udcff', 'a', '\udcc3', '('])
  })
})
