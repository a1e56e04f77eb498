// Ends what is under way in a build: because it was asked to, or because another stage has failed.

export class Cancellation implements AbortSignal {
  readonly #listeners = new Set<() => void>()
  #reason: unknown
  #aborted = false

  /** `outer` is whoever asked for the build. */
  constructor(outer?: AbortSignal) {
    if (outer?.aborted) this.abort(outer.reason)
    else outer?.addEventListener('abort', () => this.abort(outer.reason), { once: true })
  }

  get aborted(): boolean {
    return this.#aborted
  }

  get reason(): unknown {
    return this.#reason
  }

  abort(reason: unknown): void {
    if (this.#aborted) return
    this.#aborted = true
    this.#reason = reason
    for (const listener of this.#listeners) listener()
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener)
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason
  }
}
