// busybox's -h: one digit after the point below 10 K, then whole units.

const UNITS = ['', 'K', 'M', 'G', 'T', 'P']

/** From kilobytes; a fraction of one is bytes. */
export function humanKilobytes(kilobytes: number): string {
  let value = kilobytes * 1024
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return unit === 0 ? String(Math.round(value)) : `${value.toFixed(1)}${UNITS[unit]}`
}
