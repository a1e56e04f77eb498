// container-structure-test's text, with its colours on a terminal.

import type { Result } from '../check.ts'
import { goDuration } from './go-format.ts'
import type { Summary } from './summary.ts'

export class TextReport {
  readonly #paint: (color: number, text: string) => string
  #bannerLength = 27

  constructor(how: { readonly isColored: boolean }) {
    this.#paint = how.isColored ? (color, text) => `\x1b[${color}m${text}\x1b[0m` : (_, text) => text
  }

  banner(name: string): string {
    const title = `====== Test file: ${name} ======`
    this.#bannerLength = [...title].length
    const line = '='.repeat(this.#bannerLength)
    return [`\n${line}`, title, line].map(text => `${this.#paint(35, text)}\n`).join('')
  }

  result({ name, isPassed, duration, stdout = '', stderr = '', errors }: Result): string {
    return [
      this.#paint(0, `=== RUN: ${name}\n`),
      `${isPassed ? this.#paint(32, '--- PASS') : this.#paint(31, '--- FAIL')}\n`,
      this.#paint(0, `duration: ${goDuration(duration)}\n`),
      stdout === '' ? '' : this.#paint(34, `stdout: ${stdout}\n`),
      stderr === '' ? '' : this.#paint(34, `stderr: ${stderr}\n`),
      ...errors.map(error => this.#paint(33, `Error: ${error}\n`)),
    ].join('')
  }

  summary({ pass, fail, duration }: Summary): string {
    if (pass + fail === 0) return `${this.#paint(31, 'No tests run! Check config file format.')}\n`
    const length = this.#bannerLength + (this.#bannerLength % 2 === 0 ? 1 : 0)
    const [line, side] = ['='.repeat(length), '='.repeat((length - 9) / 2)]
    return [
      '\n',
      `${line}\n`,
      `${side} RESULTS ${side}\n`,
      `${line}\n`,
      this.#paint(92, `Passes:      ${pass}\n`),
      this.#paint(91, `Failures:    ${fail}\n`),
      `Duration:    ${goDuration(duration)}\n`,
      this.#paint(36, `Total tests: ${pass + fail}\n`),
      '\n',
      `${fail === 0 ? this.#paint(32, 'PASS') : this.#paint(31, 'FAIL')}\n`,
    ].join('')
  }
}
