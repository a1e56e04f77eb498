// Go's os.Expand: `$NAME` and `${NAME}`; a name that is not known is nothing. There is no escape: `$$` is the variable `$`.

export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(
    /\$(?:\{([^}]*)\}|([*#$@!?\-0-9])|(\w+)|\{)/g,
    (_, braced?: string, special?: string, plain?: string) => {
      // An empty or unclosed `${` is taken away.
      return lookup(braced ?? special ?? plain ?? '') ?? ''
    },
  )
}
