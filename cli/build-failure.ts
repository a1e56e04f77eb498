// Why a build failed: the step with what it printed, the place in the Dockerfile with an excerpt, and the reason.

import { DockerfileError } from '../engine/build/dockerfile.ts'
import type { Step } from '../engine/build/progress.ts'

const AROUND = 2

export function buildFailure(
  error: unknown,
  dockerfile: string,
  name: string,
  failed: { readonly step: Step; readonly lines: readonly string[] } | undefined,
  messageOf: (error: unknown) => string,
): string {
  const message = error instanceof DockerfileError ? error.message : messageOf(error)
  const parts: string[] = []
  if (failed && !failed.step.name.startsWith('[internal]')) {
    parts.push('------', ` > ${failed.step.name}:`, ...failed.lines, '------')
  }
  if (error instanceof DockerfileError) parts.push(...excerpt(dockerfile, name, error))
  parts.push(`ERROR: failed to build: failed to solve: ${message}`)
  return `${parts.join('\n')}\n`
}

/** The lines around a place, its own marked. */
export function excerpt(
  dockerfile: string,
  name: string,
  { line, endLine }: { readonly line: number; readonly endLine: number },
): string[] {
  const lines = dockerfile.split('\n')
  const from = Math.max(1, line - AROUND)
  const to = Math.min(lines.length, endLine + AROUND)
  const shown = lines.slice(from - 1, to).map((text, index) => {
    const number = from + index
    const mark = number >= line && number <= endLine ? '>>>' : '   '
    return `${String(number).padStart(4)} | ${mark} ${text}`
  })
  return [`${name}:${line}`, '--------------------', ...shown, '--------------------']
}
