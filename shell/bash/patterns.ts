// How patterns match, as `shopt` says.

import type { PatternOptions } from '../../lib/pattern.ts'
import type { Shell } from '../shell.ts'

/** In case, and in `[[ ]]`, where extglob always counts. */
export function caseOptions(shell: Shell): PatternOptions {
  return COMBINED[(isOn(shell, 'extglob') ? 1 : 0) + (isOn(shell, 'nocasematch') ? 2 : 0)]!
}

export function conditionalOptions(shell: Shell): PatternOptions {
  return COMBINED[1 + (isOn(shell, 'nocasematch') ? 2 : 0)]!
}

/** In `${name#pattern}` letters are told apart whatever the options say. */
export function trimOptions(shell: Shell): PatternOptions {
  return COMBINED[isOn(shell, 'extglob') ? 1 : 0]!
}

const COMBINED: readonly PatternOptions[] = [
  {},
  { extglob: true },
  { ignoreCase: true },
  { extglob: true, ignoreCase: true },
]

export function isOn(shell: Shell, option: string): boolean {
  return shell.bash?.shopt.has(option) === true
}
