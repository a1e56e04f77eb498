import { applet, Failure } from './applet.ts'

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Milliseconds of `1.5`, `2m`, `inf`; undefined: no such time. */
export function sleepTime(word: string): number | undefined {
  if (/^inf(inity)?$/.test(word)) return Number.POSITIVE_INFINITY
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word)
  return match ? Number(match[1]) * UNITS[match[2] ?? '']! * 1000 : undefined
}

export default applet({
  name: 'sleep',
  about: 'Wait: N seconds, minutes (m), hours (h) or days (d); several add up',
  operands: '[N]...',
  least: 1,
  async main({ proc, operands }) {
    let sum = 0
    for (const word of operands) {
      const time = sleepTime(word)
      if (time === undefined) throw new Failure(`invalid number '${word}'`)
      sum += time
    }
    await proc.sleepOn(undefined, sum === Number.POSITIVE_INFINITY ? undefined : sum)
  },
})
