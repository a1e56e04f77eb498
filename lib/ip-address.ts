// IP addresses as text: what inet_pton(3) reads and inet_ntop(3) writes.

/** The four bytes of `127.0.0.1`; undefined: it is none. */
export function parseIPv4(text: string): number[] | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  return parts?.some(part => part > 255) ? undefined : parts
}

/** The eight groups of `::1`, `fe80::1`, `::ffff:127.0.0.1`; undefined: it is none. */
export function parseIPv6(text: string): number[] | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [left, right] = sides.map(groupsOf)
  if (!left || (sides.length === 2 && !right)) return undefined
  if (!right) return left.length === 8 ? left : undefined
  const gap = 8 - left.length - right.length
  return gap < 1 ? undefined : [...left, ...Array.from({ length: gap }, () => 0), ...right]
}

/** As RFC 5952 has it: the longest run of zeros is `::`, and what is an IPv4 address in it is written as one. */
export function formatIPv6(groups: readonly number[]): string {
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  const tail = isMapped ? [`${bytesOf(groups[6])}.${bytesOf(groups[7])}`] : []
  const words = [...(isMapped ? groups.slice(0, 6) : groups).map(group => group.toString(16)), ...tail]
  const { start, length } = longestZeros(words)
  if (length < 2) return words.join(':')
  return `${words.slice(0, start).join(':')}::${words.slice(start + length).join(':')}`
}

function groupsOf(side: string): number[] | undefined {
  if (side === '') return []
  const groups: number[] = []
  const words = side.split(':')
  for (const [at, word] of words.entries()) {
    const inner = at === words.length - 1 && word.includes('.') ? parseIPv4(word) : undefined
    if (inner) groups.push((inner[0] ?? 0) * 256 + (inner[1] ?? 0), (inner[2] ?? 0) * 256 + (inner[3] ?? 0))
    else if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16))
    else return undefined
  }
  return groups
}

function bytesOf(group = 0): string {
  return `${group >> 8}.${group & 255}`
}

function longestZeros(words: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < words.length; start++) {
    let length = 0
    while (words[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  return best
}
