/**
 * An error that ends a non-interactive shell, or the builtin it happened in (POSIX XCU 2.8.1): a bad expansion, a special
 * builtin's error, an assignment to a readonly variable. `message` is ash's, without the place that the shell puts before it.
 */
export class ExpansionError extends Error {
  readonly status: number
  /** The message has been printed, on the way up, by who knew the place best. */
  isReported = false
  /** bash goes on after other errors of an expansion, and not after this one. */
  endsShell = false

  constructor(message: string, status = 2) {
    super(message)
    this.name = 'ExpansionError'
    this.status = status
  }
}
