// docker's tables: each column as wide as its longest cell and three blanks, and at least ten.

const NARROWEST = 10

export function table(header: readonly string[], rows: readonly (readonly string[])[], narrowest = NARROWEST): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) =>
    Math.max(narrowest, Math.max(...all.map(row => (row[column] ?? '').length)) + 3),
  )
  return all
    .map(row => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join(''))
    .map(line => `${line}\n`)
    .join('')
}
