// What a registry refuses, in docker's words where docker has them.

export class RegistryError extends Error {
  /** 0: there was no answer. */
  readonly status: number

  constructor(message: string, status = 0) {
    super(message)
    this.name = 'RegistryError'
    this.status = status
  }
}
