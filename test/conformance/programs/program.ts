// A real program that is run under several shells, whose output must be the same.

/** What judges a program when it says nothing else. */
export type Judge = 'dash' | 'ash' | 'bash'

export interface RealProgram {
  readonly name: string
  /** The folder among the checkouts that it needs; a copy of it, writable, is in the working directory. */
  readonly checkout: string
  /** Run by the shell that is looked at, in the working directory. */
  readonly script: string
  /** Those it must be the same as; dash and ash when left out. */
  readonly judges?: readonly Judge[]
  /** Which of ours runs it; sh when left out. */
  readonly shell?: 'sh' | 'bash'
  /** How long it may take under a real shell; ours has ten times as long. */
  readonly seconds?: number
  /** What differs from run to run, taken out. */
  readonly steady?: (output: string) => string
}

/** What the programs of one source are made from: the folder of the checkout. */
export type ProgramSource = (checkouts: string) => RealProgram[]
