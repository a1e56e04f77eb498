import { expect, it } from 'vitest'
import { expandPrompt, type PromptContext } from '../../../shell/interactive/prompt.ts'

const context: PromptContext = {
  user: 'root',
  hostname: 'box.example',
  directory: '/root/src/lib',
  home: '/root',
  isRoot: true,
  historyNumber: 42,
  commandNumber: 7,
  time: format => `<${format}>`,
}

const cases: readonly [prompt: string, shown: string, change?: Partial<PromptContext>][] = [
  ['\\u@\\h:\\w\\$ ', 'root@box:~/src/lib# '],
  ['\\H \\W', 'box.example lib'],
  ['\\w \\W', '~ ~', { directory: '/root' }],
  ['\\w \\W', '/ /', { directory: '/' }],
  ['\\w', '/rooted', { directory: '/rooted' }],
  ['\\w', '/etc', { directory: '/etc', home: '/' }],
  ['\\$', '$', { isRoot: false }],
  ['\\!:\\#', '42:7'],
  ['\\t \\T \\@ \\A \\d \\D{%Y}', '<%H:%M:%S> <%I:%M:%S> <%I:%M %p> <%H:%M> <%a %b %e> <%Y>'],
  ['\\[\\e[1m\\]x\\[\\033[0m\\]\\x41\\101', '\x01\x1b[1m\x02x\x01\x1b[0m\x02AA'],
  ['a\\nb\\a\\\\c', 'a\nb\x07\\c'],
  ['\\q\\', 'q\\'],
]

it.each(cases)('%s', (prompt, shown, change = {}) => {
  expect(expandPrompt(prompt, { ...context, ...change })).toBe(shown)
})
