// Node's file errors as the kernel's.

import { isErrno, SysError } from '../../kernel/errno.ts'

/** Runs a piece of node:fs; what it throws becomes a SysError with the same errno, EIO when the kernel has no such one. */
export function hostCall<T>(piece: () => T): T {
  try {
    return piece()
  } catch (error) {
    throw hostError(error)
  }
}

export function hostError(error: unknown): unknown {
  const code = codeOf(error)
  return code === undefined ? error : new SysError(isErrno(code) ? code : 'EIO')
}

/** Whether Node threw it with this errno or code of its own. */
export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code
}

/** By its shape: jest gives tests an Error of their own, which Node's are no instances of. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
