// A word that cannot be substituted is a mistake on its line.

import { DockerfileError } from './dockerfile.ts'
import { SubstitutionError } from './substitute.ts'

export function placed<T>(at: { readonly line: number; readonly endLine: number }, piece: () => T): T {
  try {
    return piece()
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error
    throw new DockerfileError(error.message, at.line, at.endLine)
  }
}
