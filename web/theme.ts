// Dark and light: the system's choice until the user makes one.

import type { ITheme } from '@xterm/xterm'

type ThemeName = 'dark' | 'light'

const KEY = 'cowbox theme'

const TERMINAL_THEMES: Record<ThemeName, ITheme> = {
  dark: {
    background: '#14181d',
    foreground: '#dde3ea',
    cursor: '#4ec9b0',
    selectionBackground: '#34506a',
  },
  light: {
    background: '#ffffff',
    foreground: '#1d232a',
    cursor: '#0b7261',
    cursorAccent: '#ffffff',
    selectionBackground: '#b6d4f2',
  },
}

export class Theme {
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  /** Told of a change. */
  onChange: (theme: ITheme) => void = () => {}

  constructor() {
    this.#dark.addEventListener('change', () => this.#apply())
    this.#apply()
  }

  get terminal(): ITheme {
    return TERMINAL_THEMES[this.#name]
  }

  toggle(): void {
    localStorage.setItem(KEY, this.#name === 'dark' ? 'light' : 'dark')
    this.#apply()
  }

  get #name(): ThemeName {
    const chosen = localStorage.getItem(KEY)
    if (chosen === 'dark' || chosen === 'light') return chosen
    return this.#dark.matches ? 'dark' : 'light'
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.#name
    this.onChange(this.terminal)
  }
}
