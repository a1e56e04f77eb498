// Plays golden transcripts in containers of the base image, one for each block.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { TestBox } from '../engine-box.ts'
import { parseTranscript, withoutUsage } from './transcript.ts'

const folder = dirname(fileURLToPath(import.meta.url))

/** `every` files of tests share the transcripts, so that workers do: this one plays those of `turn`. */
export function playTranscripts({ turn, every }: { readonly turn: number; readonly every: number }): void {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.t'))
  for (const name of names.sort().filter((_, index) => index % every === turn)) {
    describe(name, () => {
      for (const block of parseTranscript(readFileSync(join(folder, name), 'utf8'))) {
        test(`${block.title} (line ${block.line})`, async () => {
          const box = await TestBox.open(block.files)
          for (const step of block.steps) {
            const { stdout, stderr, status } = await box.run(step.command)
            const expected = { command: step.command, stdout: step.stdout, stderr: step.stderr, status: step.status }
            const shown = { command: step.command, stdout, stderr: withoutUsage(stderr), status }
            expect(shown).toEqual(expected)
          }
        })
      }
    })
  }
}
