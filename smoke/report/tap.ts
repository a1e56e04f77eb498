// The Test Anything Protocol, version 14: a line a check, and below what fails why, as YAML.

import { decode, encode } from '../../lib/bytes.ts'
import type { Result } from '../check.ts'
import type { Summary } from './summary.ts'

export function tapReport({ results }: Summary): string {
  const lines = results.flatMap((result, index) => [
    `${result.isPassed ? 'ok' : 'not ok'} ${index + 1} - ${description(result.name)}`,
    ...(result.isPassed ? [] : details(result)),
  ])
  return `${['TAP version 14', `1..${results.length}`, ...lines].join('\n')}\n`
}

/** What begins a directive is escaped (TAP 14, Escaping). */
function description(name: string): string {
  return name.replace(/[\\#]/g, '\\$&').replace(/\s+/g, ' ')
}

function details({ errors, stdout = '', stderr = '', duration }: Result): string[] {
  return [
    '  ---',
    ...block('errors', errors.join('\n')),
    ...(stdout === '' ? [] : block('stdout', stdout)),
    ...(stderr === '' ? [] : block('stderr', stderr)),
    `  duration_ms: ${duration / 1e6}`,
    '  ...',
  ]
}

/** As JSON's text, which YAML reads as it is; what is no text is as Unicode replaces it. */
function block(key: string, text: string): string[] {
  return [`  ${key}: ${JSON.stringify(decode(encode(text)))}`]
}
