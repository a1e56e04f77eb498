// What `volume ls --filter` and `volume prune --filter` may ask.

import type { Volume } from '../engine/volumes.ts'
import { Refusal } from './context.ts'
import { readTruth } from './filters.ts'
import { hasLabel, splitPair } from './labels.ts'

type Test = (volume: Volume) => boolean

const TESTS: Readonly<Record<string, (value: string, isUsed: (name: string) => boolean) => Test>> = {
  dangling: (value, isUsed) => {
    const wanted = readTruth('dangling', value)
    return ({ name }) => isUsed(name) !== wanted
  },
  driver: value => () => value === 'local',
  label: value => volume => hasLabel(volume.labels, value),
  'label!': value => volume => !hasLabel(volume.labels, value),
  name: value => volume => volume.name.includes(value),
}

/** Filters of one name are alternatives, those of several names must all hold, as docker has it. */
export function volumeFilter(
  filters: readonly string[],
  allowed: readonly string[],
  isUsed: (name: string) => boolean = () => false,
): Test {
  const groups = new Map<string, Test[]>()
  for (const filter of filters) {
    const [name, value] = splitPair(filter)
    const test = allowed.includes(name) ? TESTS[name] : undefined
    if (!test) throw new Refusal(`invalid filter '${name}'`)
    groups.set(name, [...(groups.get(name) ?? []), test(value, isUsed)])
  }
  // Every label must be there, not one of them.
  const holds = (name: string, tests: readonly Test[], volume: Volume) =>
    name.startsWith('label') ? tests.every(test => test(volume)) : tests.some(test => test(volume))
  return volume => [...groups].every(([name, tests]) => holds(name, tests, volume))
}
