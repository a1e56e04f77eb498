// One command of vi's command mode, read from its keys.

/** A command of command mode, once all of its keys have come. */
export interface ViCommand {
  readonly count: number | undefined
  readonly operator: string
  readonly key: string
  /** The character that f F t T and r are about. */
  readonly argument: string
}

/** More than this is a slip of the finger. */
const COUNT_MAX = 9999

/** 'more': its last key has not come yet. */
export function parseCommand(keys: string): ViCommand | 'more' {
  const match = /^([1-9]\d*)?(?:([dcy])([1-9]\d*)?)?([fFtTr]?)(.?)$/su.exec(keys)
  if (!match) return { count: undefined, operator: '', key: '', argument: '' }
  const [, count, operator = '', second, prefix = '', last = ''] = match
  if (last === '') return 'more'
  const total = count || second ? Math.min(COUNT_MAX, Number(count ?? 1) * Number(second ?? 1)) : undefined
  return { count: total, operator, key: prefix || last, argument: prefix === '' ? '' : last }
}
