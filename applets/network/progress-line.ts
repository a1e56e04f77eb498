// The line that tells how far a download is, as busybox draws it.

const BAR = 32

/** `total`: how much it will be, if that is known. `seconds`: how long it took so far. */
export function progressLine(name: string, done: number, total: number | undefined, seconds: number): string {
  const shown = name.slice(0, 20).padEnd(20)
  if (total === undefined) return `${shown} ${shortSize(done)}  ${time(seconds)} ETA`
  const part = total === 0 ? 1 : Math.min(1, done / total)
  const bar = '*'.repeat(Math.floor(BAR * part)).padEnd(BAR)
  const left = done === 0 ? 0 : Math.round((seconds * (total - done)) / done)
  return `${shown} ${String(Math.floor(100 * part)).padStart(3)}% |${bar}| ${shortSize(done)}  ${time(left)} ETA`
}

/** Five places: `99999`, `97.6k`, ` 976k`. */
function shortSize(size: number): string {
  if (size <= 99_999) return String(size).padStart(5)
  let tenths = size * 10
  let unit = -1
  do {
    tenths = Math.floor(tenths / 1024)
    unit++
  } while (tenths >= 100_000)
  const whole = Math.floor(tenths / 10)
  const text = whole > 99 ? String(whole) : `${whole}.${tenths % 10}`
  return `${text.padStart(4)}${'kMGTP'[unit] ?? '?'}`
}

function time(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}
