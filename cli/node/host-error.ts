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
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  return new SysError(isErrno(error.code) ? error.code : 'EIO')
}

/** Whether Node threw it with this errno or code of its own. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
