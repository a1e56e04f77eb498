// container-structure-test's JSON: one line; what is empty is left out.

import { goJson } from './go-format.ts'
import type { Summary } from './summary.ts'

export function jsonReport({ pass, fail, duration, results }: Summary): string {
  const rows = results.map(({ name, isPassed, stdout, stderr, errors, duration: took }) => ({
    Name: name,
    Pass: isPassed,
    ...(stdout ? { Stdout: stdout } : {}),
    ...(stderr ? { Stderr: stderr } : {}),
    ...(errors.length > 0 ? { Errors: errors } : {}),
    Duration: took,
  }))
  const all = { Pass: pass, Fail: fail, Total: pass + fail, Duration: duration }
  return `${goJson(rows.length > 0 ? { ...all, Results: rows } : all)}\n`
}
