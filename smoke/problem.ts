/** What is wrong with a test file, and where. */
export interface Problem {
  readonly line: number
  readonly message: string
}
