// Ids and names of containers.

import { EngineError } from './errors.ts'

const QUALITIES =
  'brave calm clever eager fond gentle happy keen kind lively lucid merry mild nimble patient proud quick quiet sharp steady tender vivid warm witty'.split(
    ' ',
  )
const COWS =
  'angus ayrshire belted brahman charolais dexter devon galloway gloucester guernsey hereford highland holstein jersey kerry limousin longhorn moiled montbeliarde normande piedmont salers shorthorn simmental'.split(
    ' ',
  )

/** 64 hexadecimal digits. */
export function newId(random: (count: number) => Uint8Array): string {
  return Array.from(random(32), byte => byte.toString(16).padStart(2, '0')).join('')
}

/** `merry_galloway`; with a digit when that is taken. */
export function newName(random: (count: number) => Uint8Array, isTaken: (name: string) => boolean): string {
  for (let attempt = 0; ; attempt++) {
    const [a = 0, b = 0] = random(2)
    const name = `${QUALITIES[a % QUALITIES.length]}_${COWS[b % COWS.length]}${attempt > 3 ? attempt : ''}`
    if (!isTaken(name)) return name
  }
}

export function requireName(name: string): void {
  if (/^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return
  throw new EngineError('invalid-name', `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
}
