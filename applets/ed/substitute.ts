// ed's s command: plain text for plain text.

import { EdError } from './error.ts'

export interface Substituted {
  /** The last line that was changed. */
  readonly found: number | undefined
  readonly shows: boolean
  readonly sought: string
}

/** `text` is what follows the s: `/old/new/gp`. An empty old text is the one that was sought before. */
export function substitute(lines: string[], from: number, to: number, text: string, before: string): Substituted {
  const delimiter = text.charAt(0)
  if (delimiter === '' || /\s/.test(delimiter)) throw new EdError('bad delimiter for substitute')
  const [, old = '', fresh, flags = ''] = text.split(delimiter)
  if (fresh === undefined) throw new EdError('missing 2nd delimiter for substitute')
  if (!/^[gp]*\s*$/.test(flags)) throw new EdError('unknown option for substitute')
  const sought = old === '' ? before : old
  if (sought === '') throw new EdError('no previous search string')
  let found: number | undefined
  for (let at = from; at <= to; at++) {
    const line = lines[at - 1]!
    if (!line.includes(sought)) continue
    lines[at - 1] = flags.includes('g') ? line.replaceAll(sought, () => fresh) : line.replace(sought, () => fresh)
    found = at
  }
  return { found, shows: flags.includes('p'), sought }
}
