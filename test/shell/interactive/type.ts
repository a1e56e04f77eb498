// Types keys at a line editor and shows what it made of them.

import { encode } from '../../../lib/bytes.ts'
import { type EditorOptions, LineEditor, type ReadResult } from '../../../shell/interactive/editor.ts'
import { History } from '../../../shell/interactive/history.ts'
import { ScreenModel } from './screen-model.ts'

export interface Typed {
  readonly screen: ScreenModel
  readonly editor: LineEditor
  readonly result: () => ReadResult | undefined
  /** Everything that was sent to the terminal since the last time. */
  readonly sent: () => string
  type(keys: string): Promise<void>
  end(): Promise<void>
}

export function start(
  how: Partial<EditorOptions> & { columns?: number; rows?: number; prompt?: string; past?: readonly string[] } = {},
): Typed {
  const screen = new ScreenModel(how.columns ?? 40, how.rows ?? 50)
  const waiting: number[] = []
  let wake = () => {}
  let isOver = false
  let written = ''
  const terminal = {
    read: async () => {
      while (waiting.length === 0 && !isOver) await new Promise<void>(resolve => (wake = resolve))
      return waiting.length === 0 ? new Uint8Array(0) : Uint8Array.of(waiting.shift()!)
    },
    isReady: () => waiting.length > 0,
    write: (text: string) => {
      written += text
      screen.write(text)
    },
    columns: () => screen.columns,
    rows: () => screen.height,
  }
  const history = how.history ?? new History()
  for (const line of how.past ?? []) history.add(line)
  const editor = new LineEditor({ terminal, history, ...how })
  let result: ReadResult | undefined
  const done = editor.readLine(how.prompt ?? '$ ').then(value => {
    result = value
  })
  const settle = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    screen,
    editor,
    result: () => result,
    sent: () => {
      const text = written
      written = ''
      return text
    },
    async type(keys) {
      waiting.push(...encode(keys))
      wake()
      while (waiting.length > 0 && result === undefined) await settle()
      await settle()
    },
    async end() {
      isOver = true
      wake()
      await done
    },
  }
}

/** The line that these keys make. */
export async function lineOf(keys: string, how: Parameters<typeof start>[0] = {}): Promise<string | undefined> {
  const typed = start(how)
  // One key in a piece, but escape sequences whole, as a terminal sends them.
  for (const key of keys.match(/\x1b\[[0-9;]*[A-Za-z~]|\x1bO.|\x1b\[200~[\s\S]*\x1b\[201~|\x1b\S|[\s\S]/gu) ?? [])
    await typed.type(key)
  await typed.type('\r')
  const result = typed.result()
  return typeof result === 'object' ? result.line : result
}
