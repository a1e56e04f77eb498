// What the engine refuses with. Codes are stable: programs may test them; messages are docker's where docker has one.

export type EngineErrorCode =
  | 'no-such-image'
  | 'no-such-container'
  | 'no-such-volume'
  | 'no-such-object'
  | 'name-in-use'
  | 'invalid-name'
  | 'invalid-reference'
  | 'invalid-option'
  | 'not-running'
  | 'still-running'
  | 'in-use'
  | 'start-failed'
  | 'build-failed'
  | 'invalid-archive'
  | 'unsupported'
  | 'deadlock'
  | 'too-late'

export class EngineError extends Error {
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string) {
    super(message)
    this.name = 'EngineError'
    this.code = code
  }
}

/** A container's command could not be started. `status` is what docker's command line exits with: 126 or 127. */
export class StartError extends EngineError {
  readonly status: number
  /** Our own line: why, and what to do. Docker has none. */
  readonly advice: string | undefined

  constructor(message: string, status: number, advice?: string) {
    super('start-failed', message)
    this.name = 'StartError'
    this.status = status
    this.advice = advice
  }
}
