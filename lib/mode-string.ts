// File modes as people write and read them: `-rwsr-xr-t`, `755`, `u=rwX,go-w` (POSIX XCU chmod).

const KIND_LETTERS = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  character: 'c',
  block: 'b',
  socket: 's',
} as const

/** As `ls -l` shows it. */
export function modeString(kind: keyof typeof KIND_LETTERS, mode: number): string {
  const special = (isSet: boolean, canExecute: boolean, lower: string) =>
    isSet ? (canExecute ? lower : lower.toUpperCase()) : canExecute ? 'x' : '-'
  const read = (bit: number) => (mode & bit ? 'r' : '-')
  const write = (bit: number) => (mode & bit ? 'w' : '-')
  return (
    KIND_LETTERS[kind] +
    read(0o400) +
    write(0o200) +
    special((mode & 0o4000) !== 0, (mode & 0o100) !== 0, 's') +
    read(0o040) +
    write(0o020) +
    special((mode & 0o2000) !== 0, (mode & 0o010) !== 0, 's') +
    read(0o004) +
    write(0o002) +
    special((mode & 0o1000) !== 0, (mode & 0o001) !== 0, 't')
  )
}

export interface ModeContext {
  /** The mode now. */
  readonly mode: number
  readonly umask?: number
  readonly isDirectory?: boolean
}

/** The new mode of an octal or symbolic text; undefined: it is neither. */
export function parseMode(text: string, { mode, umask = 0, isDirectory = false }: ModeContext): number | undefined {
  if (/^[0-7]+$/.test(text)) {
    const octal = Number.parseInt(text, 8)
    return octal > 0o7777 ? undefined : octal
  }
  let result = mode
  for (const clause of text.split(',')) {
    // busybox: nothing between commas changes nothing.
    if (clause === '') continue
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause)
    if (!match) return undefined
    const [, who = '', actions = ''] = match
    for (const action of actions.match(/[-+=](?:[ugo](?![rwxXst])|[rwxXst]*)/g) ?? []) {
      result = applyAction(result, who, action, umask, isDirectory)
    }
  }
  return result
}

/** The sticky bit belongs to all together (busybox: o+t changes nothing). */
const CLASS_MASK = { u: 0o4700, g: 0o2070, o: 0o0007 } as const

function applyAction(mode: number, who: string, action: string, umask: number, isDirectory: boolean): number {
  const isAll = who === '' || who.includes('a')
  let mask = isAll ? 0o7777 : 0
  for (const letter of who) if (letter === 'u' || letter === 'g' || letter === 'o') mask |= CLASS_MASK[letter]
  const bits = permissionBits(action.slice(1), mode, isDirectory) & mask & (who === '' ? ~umask | 0o7000 : 0o7777)
  switch (action[0]) {
    case '+':
      return mode | bits
    case '-':
      return mode & ~bits
    default:
      return (mode & ~mask) | bits
  }
}

/** Permissions for all classes at once; the caller masks them. */
function permissionBits(letters: string, mode: number, isDirectory: boolean): number {
  if (letters === 'u') return copyClass(mode >> 6)
  if (letters === 'g') return copyClass(mode >> 3)
  if (letters === 'o') return copyClass(mode)
  let bits = 0
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444
    if (letter === 'w') bits |= 0o222
    if (letter === 'x' || (letter === 'X' && (isDirectory || mode & 0o111))) bits |= 0o111
    if (letter === 's') bits |= 0o6000
    if (letter === 't') bits |= 0o1000
  }
  return bits
}

function copyClass(mode: number): number {
  const bits = mode & 7
  return (bits << 6) | (bits << 3) | bits
}
