/** What is known without a configuration, by the ending of the name (busybox). */
const TYPES: ReadonlyMap<string, string> = new Map([
  ...['txt', 'h', 'c', 'cc', 'cpp'].map(ending => [ending, 'text/plain'] as const),
  ...['htm', 'html'].map(ending => [ending, 'text/html'] as const),
  ...['jpg', 'jpeg'].map(ending => [ending, 'image/jpeg'] as const),
  ['gif', 'image/gif'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['css', 'text/css'],
  ['js', 'application/javascript'],
  ['wav', 'audio/wav'],
  ['avi', 'video/x-msvideo'],
  ...['qt', 'mov'].map(ending => [ending, 'video/quicktime'] as const),
  ...['mpe', 'mpeg'].map(ending => [ending, 'video/mpeg'] as const),
  ...['mid', 'midi'].map(ending => [ending, 'audio/midi'] as const),
  ['mp3', 'audio/mpeg'],
])

/** The type of a file by its name; undefined: unknown, and nothing is said of it. `own`: the configuration's, by ending. */
export function mimeType(path: string, own: ReadonlyMap<string, string>): string | undefined {
  const ending = /\.([^./]*)$/.exec(path)?.[1]
  return ending === undefined ? undefined : (own.get(ending) ?? TYPES.get(ending))
}
