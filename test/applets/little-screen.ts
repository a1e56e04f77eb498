// As much of a terminal's screen as our own programs ask for: cursor, erasing, wrapping, scrolling. Anything else is an error.

export class LittleScreen {
  readonly #rows: number
  readonly #columns: number
  #cells: string[][]
  #y = 0
  #x = 0
  #main: string[][] | undefined

  constructor(rows: number, columns: number) {
    this.#rows = rows
    this.#columns = columns
    this.#cells = this.#blank()
  }

  get lines(): string[] {
    return this.#cells.map(row => row.join('').trimEnd())
  }

  write(text: string): void {
    for (const token of text.match(/\x1b\[[?0-9;]*[A-Za-z]|[\s\S]/gu) ?? []) this.#take(token)
  }

  #take(token: string): void {
    if (token.length > 2 && token.startsWith('\x1b[')) this.#control(token.slice(2, -1), token.at(-1)!)
    else if (token === '\r') this.#x = 0
    else if (token === '\n') this.#lineFeed()
    else if (token !== '\x07') this.#put(token)
  }

  #put(character: string): void {
    if (character < ' ') throw new Error(`unexpected ${JSON.stringify(character)}`)
    if (this.#x === this.#columns) {
      this.#x = 0
      this.#lineFeed()
    }
    this.#cells[this.#y]![this.#x++] = character
  }

  #lineFeed(): void {
    if (this.#y < this.#rows - 1) this.#y++
    else {
      this.#cells.shift()
      this.#cells.push(Array.from({ length: this.#columns }, () => ' '))
    }
  }

  #control(parameters: string, letter: string): void {
    const [first = 0, second = 0] = parameters.split(';').map(Number)
    switch (`${parameters.startsWith('?') ? parameters : ''}${letter}`) {
      case 'H':
        this.#y = Math.max(0, first - 1)
        this.#x = Math.max(0, second - 1)
        return
      case 'K':
        this.#cells[this.#y]!.fill(' ', this.#x)
        return
      case 'J':
        this.#cells = this.#blank()
        return
      case 'm':
        return
      case '?1049h':
        this.#main = this.#cells
        this.#cells = this.#blank()
        return
      case '?1049l':
        this.#cells = this.#main ?? this.#cells
        return
      default:
        throw new Error(`unknown control sequence ${parameters}${letter}`)
    }
  }

  #blank(): string[][] {
    return Array.from({ length: this.#rows }, () => Array.from({ length: this.#columns }, () => ' '))
  }
}
