// Labels as they are typed, `NAME=VALUE` or `NAME`, and the filters over them.

export function labelsOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map(word => splitPair(word)))
}

/** `wanted`: `NAME`, or `NAME=VALUE`. */
export function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const [name, value] = splitPair(wanted)
  return Object.hasOwn(labels, name) && (!wanted.includes('=') || labels[name] === value)
}

/** Without `=`: the value is empty. */
export function splitPair(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
