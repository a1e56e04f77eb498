/** `head -3`, `tail -3`: how many lines, when it is the first word (busybox). */
export function oldCount(args: readonly string[]): readonly string[] {
  const [first = '', ...rest] = args
  return /^-\d/.test(first) ? ['-n', first.slice(1), ...rest] : args
}
