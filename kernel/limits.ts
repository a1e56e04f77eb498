// What a container may use before it is refused with the errno, or the signal, that a real system gives.

export interface Limits {
  /** Live processes; one more is EAGAIN. */
  readonly processes: number
  /** Open descriptors of one process; one more is EMFILE. */
  readonly openFiles: number
  /** Bytes of file contents that the container may add; more is ENOSPC. */
  readonly fileBytes: number
  /** Bytes that shells and applets may hold; more is SIGKILL, as the kernel's OOM killer. */
  readonly memory: number
  /** Bytes in one pipe before its writer sleeps. */
  readonly pipeBytes: number
  /** Nested function calls, sourced files, substitutions of one shell. */
  readonly depth: number
  /** Turns of loops and commands of the whole container; more is SIGXCPU. Infinity: none. */
  readonly steps: number
}

export const DEFAULT_LIMITS: Limits = {
  processes: 1024,
  openFiles: 1024,
  fileBytes: 1024 * 1024 * 1024,
  memory: 256 * 1024 * 1024,
  pipeBytes: 65536,
  depth: 1000,
  steps: Number.POSITIVE_INFINITY,
}
