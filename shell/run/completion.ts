// What running a command answers: a status, a way out of the commands around it, or a promise of one of these.

export type Status = number

/** `break 2`, `return`, ... : a value, not an exception. A loop takes off its own level and passes the rest up. */
export type Divert =
  | { readonly to: 'break' | 'continue'; readonly loops: number }
  /** The status is the shell's `$?`. */
  | { readonly to: 'return' | 'exit' }

export type Finished = Status | Divert
export type Completion = Finished | Promise<Finished>

export type Later<T> = T | Promise<T>

export const RETURN: Divert = { to: 'return' }
export const EXIT: Divert = { to: 'exit' }

/** Goes on with a value: at once, if it is there. */
export function andThen<T, U>(value: Later<T>, next: (value: T) => Later<U>): Later<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Runs `undo` after a piece, however that ends. */
export function lastly<T>(piece: () => Later<T>, undo: () => void): Later<T> {
  let value: Later<T>
  try {
    value = piece()
  } catch (error) {
    undo()
    throw error
  }
  if (value instanceof Promise) return value.finally(undo)
  undo()
  return value
}
