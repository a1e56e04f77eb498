// What dpkg remembers: the packages in /var/lib/dpkg/status, and the files of each in /var/lib/dpkg/info.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'

export const INFO = '/var/lib/dpkg/info'
const STATUS = '/var/lib/dpkg/status'

/** The fields of a package, in their order; a value may have more lines. */
export type Fields = Map<string, string>

export class PackageDatabase {
  readonly #packages: Fields[]

  /** Throws Failure when there is no status file. */
  constructor(proc: Process) {
    try {
      this.#packages = parseParagraphs(decode(proc.contentsOf(STATUS)))
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${STATUS}': ${error.message}`)
    }
  }

  get packages(): readonly Fields[] {
    return this.#packages
  }

  find(name: string): Fields | undefined {
    return this.#packages.find(fields => fields.get('Package') === name)
  }

  /** `install ok installed` and so on, or undefined when it is not known. */
  stateOf(name: string): string | undefined {
    return this.find(name)?.get('Status')?.split(' ')[2]
  }

  set(fields: Fields): void {
    const at = this.#packages.findIndex(other => other.get('Package') === fields.get('Package'))
    if (at === -1) this.#packages.push(fields)
    else this.#packages[at] = fields
  }

  async write(proc: Process): Promise<void> {
    const text = this.#packages.map(fields => `${printFields(fields)}\n`).join('')
    const fd = await proc.open(`${STATUS}.new`, { write: true, create: true, truncate: true })
    await proc.write(fd, encode(text))
    proc.close(fd)
    proc.rename(`${STATUS}.new`, STATUS)
  }
}

export function parseParagraphs(text: string): Fields[] {
  return text
    .split(/\n{2,}/)
    .map(parseFields)
    .filter(fields => fields.size > 0)
}

/** A line that begins with a blank goes on (deb-control(5)). */
export function parseFields(text: string): Fields {
  const fields: Fields = new Map()
  let name = ''
  for (const line of text.split('\n')) {
    const match = /^([^:\s]+):\s*(.*)$/.exec(line)
    if (/^\s/.test(line)) fields.set(name, `${fields.get(name) ?? ''}\n${line}`)
    else if (match) {
      name = match[1]!
      fields.set(name, match[2]!)
    }
  }
  return fields
}

function printFields(fields: Fields): string {
  return [...fields].map(([name, value]) => `${name}: ${value}\n`).join('')
}

/** Names without versions: `a | b, c`. */
export function dependencies(fields: Fields): string[][] {
  const lists = ['Pre-Depends', 'Depends'].flatMap(name => (fields.get(name) ?? '').split(','))
  return lists
    .map(list => list.split('|').map(one => one.trim().replace(/[\s(:].*$/s, '')))
    .filter(list => list[0] !== '')
}
