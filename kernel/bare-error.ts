// Errors that are answers, not defects: nobody reads where they came from, and V8 takes longer to note that than the call took.

/** As Error, without a stack. */
export class BareError extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = limit
  }
}
