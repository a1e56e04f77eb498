// Paths with `*` (within a name), `**` (over names), `?`: for lists of files in tests.

export function globMatcher(glob: string): (path: string) => boolean {
  const source = glob.replace(/\*\*\/?|[*?]|[^\w/]/g, sign => {
    if (sign === '**/') return '(?:.*/)?'
    if (sign === '**') return '.*'
    if (sign === '*') return '[^/]*'
    return sign === '?' ? '[^/]' : `\\${sign}`
  })
  const regular = new RegExp(`^${source}$`, 's')
  return path => regular.test(path)
}

export function hasGlob(path: string): boolean {
  return /[*?]/.test(path)
}
