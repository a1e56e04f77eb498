// `--format` for listings: a table of its own, a template for each row, or JSON lines.

import type { Process } from '../kernel/process.ts'
import { table } from './table.ts'
import { compileTemplate } from './template.ts'

export async function printRows(
  proc: Process,
  header: readonly string[],
  keys: readonly string[],
  rows: readonly Record<string, string>[],
  format: string | undefined,
): Promise<void> {
  if (format === undefined || format === 'table') {
    await proc.stdout.write(
      table(
        header,
        rows.map(row => keys.map(key => row[key] ?? '')),
      ),
    )
    return
  }
  if (format === 'json') {
    for (const row of rows) await proc.stdout.line(JSON.stringify(row))
    return
  }
  const isTable = format.startsWith('table ')
  const template = compileTemplate(isTable ? format.slice(6) : format)
  const lines = rows.map(row => template(row))
  if (!isTable) {
    for (const line of lines) await proc.stdout.line(line)
    return
  }
  const names = Object.fromEntries(
    Object.keys(rows[0] ?? Object.fromEntries(keys.map(key => [key, '']))).map(key => [
      key,
      headingOf(key, header, keys),
    ]),
  )
  await proc.stdout.write(
    table(
      template(names).split('\t'),
      lines.map(line => line.split('\t')),
    ),
  )
}

function headingOf(key: string, header: readonly string[], keys: readonly string[]): string {
  return header[keys.indexOf(key)] ?? key.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase()
}
