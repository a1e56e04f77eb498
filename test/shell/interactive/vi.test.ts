import { describe, expect, it } from 'vitest'
import { lineOf, start } from './type.ts'

const vi = { mode: () => 'vi' as const }
const E = '\x1b'

/** bash 5.2's readline makes the same line of each of these. */
const cases: readonly [keys: string, line: string][] = [
  [`hello${E}`, 'hello'],
  [`hello${E}iX`, 'hellXo'],
  [`hello${E}aX`, 'helloX'],
  [`hello${E}hhiX`, 'heXllo'],
  [`  hello${E}IX`, 'X  hello'],
  [`hello${E}0AX`, 'helloX'],
  [`hello${E}0lx`, 'hllo'],
  [`hello${E}02x`, 'llo'],
  [`hello${E}XX`, 'heo'],
  [`hello${E}0rJ`, 'Jello'],
  [`hello${E}03rx`, 'xxxlo'],
  [`hello${E}0RJE${E}`, 'JEllo'],
  [`hello${E}0sJ`, 'Jello'],
  [`hello${E}03~`, 'HELlo'],
  [`one two three${E}0dw`, 'two three'],
  [`one two three${E}02dw`, 'three'],
  [`one two three${E}0d2w`, 'three'],
  [`one two three${E}0wD`, 'one '],
  [`one two three${E}bd0`, 'three'],
  [`one two three${E}db`, 'one two e'],
  [`one two three${E}dd`, ''],
  [`one two three${E}0cwX`, 'X two three'],
  [`one two three${E}0c2wX`, 'X three'],
  [`a two${E}0cwX`, 'X two'],
  [`one two three${E}0wcwX`, 'one X three'],
  [`one two three${E}0wCX`, 'one X'],
  [`one two${E}SX`, 'X'],
  [`one two${E}ccX`, 'X'],
  [`a.b c${E}0dw`, '.b c'],
  [`a.b c${E}0dW`, 'c'],
  [`a.b c${E}0de`, 'b c'],
  [`a.b c${E}0dE`, ' c'],
  [`one two${E}0eaX`, 'oneX two'],
  [`one two${E}BiX`, 'one Xtwo'],
  [`abcabc${E}0fciX`, 'abXcabc'],
  [`abcabc${E}0tciX`, 'aXbcabc'],
  [`abcabc${E}0fc;iX`, 'abcabXc'],
  [`abcabc${E}0fc;,iX`, 'abXcabc'],
  [`abcabc${E}FaiX`, 'abcXabc'],
  [`abcabc${E}TaiX`, 'abcaXbc'],
  [`abcabc${E}0dfc`, 'abc'],
  [`abcabc${E}0dtc`, 'cabc'],
  [`abcabc${E}02fciX`, 'abcabXc'],
  [`abcdef${E}4|iX`, 'abcXdef'],
  [`  abc${E}^iX`, '  Xabc'],
  [`one two${E}0dw$p`, 'twoone '],
  [`one two${E}0dwP`, 'one two'],
  [`one two${E}0yw$p`, 'one twoone '],
  [`one${E}0y$$p`, 'oneone'],
  [`ab${E}0x2p`, 'baa'],
  [`one two${E}0dwu`, 'one two'],
  [`one two${E}0xxxuu`, 'ne two'],
  [`one two${E}0xxxU`, 'one two'],
  [`one two three${E}0dw.`, 'three'],
  [`aaaa${E}0x..`, 'a'],
  [`one two three${E}0cwX${E}w.`, 'X X three'],
  [`ab${E}iX${E}.`, 'aXXb'],
  [`ab${E}aX${E}.`, 'abXX'],
  [`abc${E}3rx`, 'abx'],
  [`one two${E}yb$iX`, 'one twXo'],
  [`one two${E}ybX`, 'one to'],
  [`hello${E}#`, '#hello'],
  [`日本語${E}hx`, '日語'],
]

describe('vi keys', () => {
  it.each(cases)('%j', async (keys, line) => expect(await lineOf(keys, vi)).toBe(line))
})

describe('vi and the history', () => {
  const how = { ...vi, past: ['echo one', 'ls -l /tmp', 'echo two three'] }
  const past: readonly [keys: string, line: string][] = [
    [`${E}k`, 'echo two three'],
    [`${E}kk`, 'ls -l /tmp'],
    [`${E}2k`, 'ls -l /tmp'],
    [`draft${E}kj`, 'draft'],
    [`${E}G`, 'echo one'],
    [`${E}2G`, 'ls -l /tmp'],
    [`${E}/ls\r`, 'ls -l /tmp'],
    [`${E}/echo\rn`, 'echo one'],
    [`${E}/echo\rnN`, 'echo two three'],
    [`${E}/^l\r`, 'ls -l /tmp'],
    [`x${E}_`, 'x three'],
    [`x${E}2_`, 'x two'],
  ]
  it.each(past)('%j', async (keys, line) => expect(await lineOf(keys, how)).toBe(line))

  it('shows the pattern while it is typed', async () => {
    const { type, screen } = start(how)
    await type('abc')
    await type(E)
    await type('/ls')
    expect(screen.text).toBe('$ /ls')
    await type('\r')
    expect(screen.text).toBe('$ ls -l /tmp')
    expect(screen.cursor).toEqual([0, 2])
  })

  it('rings for what it does not know', async () => {
    const { type, screen } = start(how)
    await type('abc')
    await type(E)
    await type('v')
    expect(screen.bells).toBe(1)
    expect(screen.text).toBe('$ abc')
  })

  it('escape and a key in one piece are two keys', async () => {
    const { type, screen } = start(how)
    await type(`hello${E}0x`)
    expect(screen.text).toBe('$ ello')
  })
})
