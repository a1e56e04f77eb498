// `--filter NAME=VALUE`, as docker's listings take it.

import { Refusal } from './context.ts'

export type Test<T> = (thing: T) => boolean

/** How a filter's value is read, by the filter's name. */
export type FilterTests<T> = Readonly<Record<string, (value: string) => Test<T> | Promise<Test<T>>>>

/** As they were typed. Throws Refusal. */
export function readFilters(texts: readonly string[]): [name: string, value: string][] {
  return texts.map(text => {
    const at = text.indexOf('=')
    if (at === -1) {
      const problem = 'bad format of filter (expected name=value)'
      throw new Refusal(`invalid argument "${text}" for "-f, --filter" flag: ${problem}`, 125)
    }
    return [text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim()]
  })
}

/** Filters of one name are alternatives, those of several names must all hold; every label must be there. Throws Refusal. */
export async function filterOf<T>(filters: readonly [string, string][], tests: FilterTests<T>): Promise<Test<T>> {
  const groups = new Map<string, Test<T>[]>()
  for (const [name, value] of filters) {
    if (!Object.hasOwn(tests, name)) throw new Refusal(`invalid filter '${name}'`)
    const test = await tests[name]?.(value)
    if (test) groups.set(name, [...(groups.get(name) ?? []), test])
  }
  const holds = (name: string, group: readonly Test<T>[], thing: T) =>
    name === 'label' ? group.every(test => test(thing)) : group.some(test => test(thing))
  return thing => [...groups].every(([name, group]) => holds(name, group, thing))
}

/** Throws Refusal: it is neither. */
export function readTruth(name: string, value: string): boolean {
  const isTrue = ['true', '1'].includes(value)
  if (!isTrue && !['false', '0'].includes(value)) throw new Refusal(`invalid filter '${name}=[${value}]'`)
  return isTrue
}
