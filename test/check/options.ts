// Every option of a command that scripts use must be in a transcript: which of them none uses, from the declarations.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Applet } from '../../applets/applet.ts'
import { applets } from '../../applets/index.ts'
import { type Option, UsageError } from '../../lib/options.ts'
import { parse } from '../../shell/parser.ts'
import type { Simple, Word } from '../../shell/syntax.ts'
import { COMMON, NOT_COMPARED, WORDS } from '../golden/common.ts'
import { parseTranscript } from '../golden/transcript.ts'

export function checkOptions(root: string): string[] {
  const used = usedOptions(join(root, 'test/golden'))
  const problems: string[] = []
  for (const [name, options] of wantedOptions())
    for (const option of options) {
      const id = `${name} ${option}`
      if (used.has(id) === NOT_COMPARED.has(id))
        problems.push(used.has(id) ? `${id} is in a transcript and called not comparable` : `no transcript uses ${id}`)
    }
  return problems
}

/** By command, how each of its options is written first. */
function wantedOptions(): Map<string, string[]> {
  const wanted = new Map<string, string[]>()
  for (const applet of applets) {
    if (!COMMON.has(applet.name)) continue
    wanted.set(applet.name, [...Object.values(applet.options).map(firstName), ...(WORDS.get(applet.name) ?? [])])
  }
  return wanted
}

function firstName(option: Option<unknown>): string {
  return option.names[0] ?? ''
}

/** `name option`, for all that agree with the real busybox. */
function usedOptions(folder: string): Set<string> {
  const used = new Set<string>()
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.t')) continue
    for (const { steps } of parseTranscript(readFileSync(join(folder, file), 'utf8')))
      for (const { command, differs } of steps) if (differs === undefined) collect(command, used)
  }
  return used
}

function collect(command: string, used: Set<string>): void {
  for (const words of commandsIn(command))
    for (const [at, word] of words.entries()) {
      const applet = byName.get(word.replace(/.*\//, ''))
      if (applet) for (const option of givenTo(applet, words.slice(at + 1))) used.add(`${applet.name} ${option}`)
    }
}

const byName = new Map(applets.flatMap(applet => [applet.name, ...applet.aliases].map(name => [name, applet] as const)))

function givenTo(applet: Applet, args: readonly string[]): string[] {
  const words = (WORDS.get(applet.name) ?? []).filter(word => args.some(arg => arg === word || isAssigned(arg, word)))
  return [...words, ...givenOptions(applet, args)]
}

/** dd's `bs=1k` gives `bs=`. */
function isAssigned(arg: string, word: string): boolean {
  return word.endsWith('=') && arg.startsWith(word)
}

function givenOptions(applet: Applet, args: readonly string[]): string[] {
  try {
    const { given } = applet.parse(args)
    return given.map(key => firstName(applet.options[key]!))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return []
  }
}

/** The words of every simple command, in functions and substitutions too; what is expanded is only a mark. */
function commandsIn(text: string): string[][] {
  const found: string[][] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (isSimple(node)) found.push(node.words.map(wordText))
    for (const child of Object.values(node)) visit(child)
  }
  try {
    visit(parse(text, { dialect: 'ash' }))
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
  return found
}

function isSimple(node: object): node is Simple {
  return 'kind' in node && node.kind === 'simple'
}

function wordText(word: Word): string {
  return word.parts.map(part => (part.kind === 'literal' ? part.text : 'EXPANDED')).join('')
}
