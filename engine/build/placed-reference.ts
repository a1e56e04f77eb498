// The full name of an image that a Dockerfile names.

import { fullName, InvalidReferenceError, parseReference } from '../../image/reference.ts'
import { DockerfileError } from './dockerfile.ts'

/** Throws DockerfileError at its line: it is no name. */
export function placedReference(at: { readonly line: number; readonly endLine: number }, name: string): string {
  try {
    return fullName(parseReference(name))
  } catch (error) {
    if (!(error instanceof InvalidReferenceError)) throw error
    throw new DockerfileError(`failed to parse stage name "${name}": ${error.message}`, at.line, at.endLine)
  }
}
