// What `:set` changes.

export interface Settings {
  autoIndent: boolean
  expandTab: boolean
  ignoreCase: boolean
  showsAll: boolean
  showsNumbers: boolean
  shiftWidth: number
  tabStop: number
}

export const DEFAULTS: Settings = {
  autoIndent: false,
  expandTab: false,
  ignoreCase: false,
  showsAll: false,
  showsNumbers: false,
  shiftWidth: 8,
  tabStop: 8,
}

const FLAGS = new Map<string, 'autoIndent' | 'expandTab' | 'ignoreCase' | 'showsAll' | 'showsNumbers'>([
  ['autoindent', 'autoIndent'],
  ['ai', 'autoIndent'],
  ['expandtab', 'expandTab'],
  ['et', 'expandTab'],
  ['ignorecase', 'ignoreCase'],
  ['ic', 'ignoreCase'],
  ['list', 'showsAll'],
  ['number', 'showsNumbers'],
  ['nu', 'showsNumbers'],
])

const NUMBERS = new Map<string, 'tabStop' | 'shiftWidth'>([
  ['tabstop', 'tabStop'],
  ['ts', 'tabStop'],
  ['shiftwidth', 'shiftWidth'],
  ['sw', 'shiftWidth'],
])

/** What is to be said: the settings when there was no word, a complaint about one that is none, or nothing. */
export function applySettings(settings: Settings, words: readonly string[]): string | undefined {
  if (words.length === 0) return describe(settings)
  for (const word of words) {
    const isOff = word.startsWith('no')
    const flag = FLAGS.get(isOff ? word.slice(2) : word)
    const [name = '', value = ''] = word.split('=')
    const number = NUMBERS.get(name)
    if (flag) settings[flag] = !isOff
    else if (number && /^\d+$/.test(value) && Number(value) > 0) settings[number] = Math.min(64, Number(value))
    else return `bad option: ${word}`
  }
  return undefined
}

function describe(settings: Settings): string {
  const flags = [...FLAGS].filter(([name]) => name.length > 2)
  const texts = flags.map(([name, key]) => `${settings[key] ? '' : 'no'}${name}`)
  return `${texts.join(' ')} shiftwidth=${settings.shiftWidth} tabstop=${settings.tabStop}`
}
