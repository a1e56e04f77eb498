/** What was typed cannot be done: told, and the next command is read. */
export class EdError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EdError'
  }
}
