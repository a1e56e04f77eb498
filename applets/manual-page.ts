// A page of the manual as text: the macros of man(7), filled lines without hyphens, no bold and no italics.

const MARGIN = 7
const TAG = 7

/** `columns`: how wide the screen is. */
export function layOutManual(source: string, columns: number): string {
  return new Layout(Math.min(Math.max(columns, 40), 80) - 2).run(source.split('\n'))
}

class Layout {
  readonly #width: number
  readonly #out: string[] = []
  #words: string[] = []
  /** What the next filled line begins with, in place of its indent. */
  #tag: string | undefined
  #takesTag = false
  #indent = MARGIN
  #levels: number[] = []
  #fills = true
  #title = ''
  #foot = ''

  constructor(width: number) {
    this.#width = width
  }

  run(lines: readonly string[]): string {
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      // Macros that a page makes for itself, and text for others than man, are passed over to their end.
      if (/^[.']\s*(de|ig)\b/.test(line)) while (at + 1 < lines.length && !/^\.\./.test(lines[at + 1]!)) at++
      else if (/^[.']/.test(line)) this.#request(line)
      else this.#text(unescape(line))
    }
    this.#flush()
    const head = this.#title === '' ? [] : [spread(this.#title, CENTRE, this.#title, this.#width), '']
    const foot = this.#title === '' ? [] : ['', spread(this.#foot, '', this.#title, this.#width)]
    return `${squeeze([...head, ...this.#out, ...foot]).join('\n')}\n`
  }

  #request(line: string): void {
    const [name = '', ...words] = splitWords(line.slice(1).trim())
    const text = words.join(' ')
    switch (name) {
      case 'TH':
        this.#title = `${words[0] ?? ''}(${words[1] ?? ''})`
        this.#foot = words[3] ?? ''
        return
      case 'SH':
      case 'SS':
        this.#paragraph()
        this.#levels = []
        this.#indent = MARGIN
        this.#fills = true
        return void this.#out.push(`${name === 'SS' ? '   ' : ''}${text}`)
      case 'PP':
      case 'P':
      case 'LP':
        this.#paragraph()
        this.#indent = this.#level
        return
      case 'TP':
        this.#paragraph()
        this.#indent = this.#level + TAG
        this.#takesTag = true
        return
      case 'IP':
        this.#paragraph()
        this.#indent = this.#level + TAG
        if (text !== '') this.#tag = words[0]
        return
      case 'RS':
        this.#flush()
        this.#levels.push(this.#level + TAG)
        this.#indent = this.#level
        return
      case 'RE':
        this.#flush()
        this.#levels.pop()
        this.#indent = this.#level
        return
      case 'nf':
      case 'EX':
        this.#flush()
        this.#fills = false
        return
      case 'fi':
      case 'EE':
        this.#flush()
        this.#fills = true
        return
      case 'br':
        return this.#flush()
      case 'sp':
        return this.#paragraph()
      case 'B':
      case 'I':
      case 'SM':
      case 'SB':
        return this.#text(text)
      case 'BR':
      case 'RB':
      case 'BI':
      case 'IB':
      case 'IR':
      case 'RI':
        return this.#text(words.join(''))
    }
  }

  get #level(): number {
    return this.#levels.at(-1) ?? MARGIN
  }

  #text(text: string): void {
    if (this.#takesTag) {
      this.#takesTag = false
      this.#tag = text
      return
    }
    if (!this.#fills) return void this.#out.push(text === '' ? '' : `${' '.repeat(this.#indent)}${text}`)
    if (text.trim() === '') return this.#paragraph()
    if (/^\s/.test(text)) this.#flush()
    this.#words.push(...text.split(' ').filter(word => word !== ''))
  }

  #paragraph(): void {
    this.#flush()
    this.#out.push('')
  }

  #flush(): void {
    let start = ' '.repeat(this.#indent)
    if (this.#tag !== undefined) {
      const tag = ' '.repeat(Math.max(0, this.#indent - TAG)) + this.#tag
      // A tag that is too long for its place has a line of its own.
      if (tag.length < this.#indent) start = tag.padEnd(this.#indent)
      else this.#out.push(tag)
      if (this.#words.length === 0 && tag.length < this.#indent) this.#out.push(tag)
    }
    this.#tag = undefined
    let line = ''
    for (const word of this.#words) {
      if (line !== '' && start.length + line.length + 1 + word.length > this.#width) {
        this.#out.push(start + line)
        start = ' '.repeat(this.#indent)
        line = ''
      }
      line += line === '' ? word : ` ${word}`
    }
    if (line !== '') this.#out.push(start + line)
    this.#words = []
  }
}

const CENTRE = 'General Commands Manual'

function spread(left: string, middle: string, right: string, width: number): string {
  const gap = Math.max(1, Math.floor((width - middle.length) / 2) - left.length)
  const start = `${left}${' '.repeat(gap)}${middle}`
  return `${start}${' '.repeat(Math.max(1, width - start.length - right.length))}${right}`
}

/** Never two empty lines after one another. */
function squeeze(lines: readonly string[]): string[] {
  return lines.filter((line, at) => line !== '' || lines[at - 1] !== '')
}

function splitWords(text: string): string[] {
  const words = [...text.matchAll(/"((?:[^"]|"")*)"?|(\S+)/g)]
  return words.map(([, quoted, bare]) => unescape(quoted ?? bare ?? ''))
}

const SPECIAL: Readonly<Record<string, string>> = {
  aq: "'",
  dq: '"',
  bu: '*',
  em: '--',
  en: '-',
  lq: '"',
  rq: '"',
  cq: "'",
  oq: "'",
  co: '(C)',
  ti: '~',
  ha: '^',
  rs: '\\',
  mi: '-',
}

function unescape(text: string): string {
  return text
    .replace(/\\".*$/, '')
    .replace(/\\f(\[[^\]]*\]|\(..|.)/g, '')
    .replace(/\\s[-+]?\d/g, '')
    .replace(/\\\*?(?:\((..)|\[([^\]]+)\])/g, (_, two?: string, name?: string) => SPECIAL[two ?? name ?? ''] ?? '')
    .replace(/\\[&|^%/,:)]/g, '')
    .replace(/\\[ ~0]/g, ' ')
    .replace(/\\e/g, '\\')
    .replace(/\\(.)/g, '$1')
}
