/** Thrown for bytes that are not in the compressed format they should be in. `message` is busybox's. */
export class DecompressionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'DecompressionError'
  }
}
