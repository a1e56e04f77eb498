// The manual's list of differences is what the code says of itself.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

function marks(): string[] {
  const rooms = ['lib', 'kernel', 'applets', 'shell']
  const files = rooms.flatMap(room =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map(file => `${room}/${file}`),
  )
  return files
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => (readFileSync(join(ROOT, file), 'utf8').match(/\bdiffers: /g) ?? []).map(() => file))
    .sort()
}

test('every mark `differs:` has a line in the list, and every line a mark', () => {
  const list = readFileSync(join(ROOT, 'shell/DIFFERENCES.md'), 'utf8')
  const lines = [...list.matchAll(/^- .* \((\S+\.ts)\)$/gm)].map(([, file]) => file)
  expect(lines.sort()).toEqual(marks())
})
