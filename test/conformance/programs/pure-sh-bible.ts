// The functions of the pure sh bible (github.com/dylanaraps/pure-sh-bible), called as its examples call them.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RealProgram } from './program.ts'

export function pureShBible(checkouts: string): RealProgram[] {
  const path = join(checkouts, 'pure-sh-bible/README.md')
  if (!existsSync(path)) return []
  const sections = readFileSync(path, 'utf8').split(/^## /m).slice(1)
  return sections.flatMap(section => {
    const title = section.slice(0, section.indexOf('\n'))
    const functions = blocks(section, 'sh').join('\n')
    const examples = blocks(section, 'shell').map(asScript).join('\n')
    if (functions + examples === '') return []
    return [{ name: `pure-sh-bible: ${title}`, checkout: 'pure-sh-bible', script: PREPARED + functions + examples }]
  })
}

/** What the examples expect to find. */
const PREPARED = `cd pure-sh-bible
HOME=$PWD/home; mkdir -p ~/Pictures ~/Downloads/a ~/Downloads/b; : >~/Pictures/1.jpg; : >~/Pictures/2.png; : >~/Downloads/c
printf '# Prompt\\nPS1="x"\\n\\nno newline' >~/.bashrc
printf 'a=1\\n# b=2\\nc = 3=4\\n\\n  d=\\\\e  \\nlast=line' >file
EDITOR=echo; var=sub_string1xsub_string2 var2=7
`

function blocks(section: string, language: string): string[] {
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text ?? '')
}

/** Lines typed at a prompt, without what they print; or a script as it is. */
function asScript(block: string): string {
  if (!/^\$ /m.test(block)) return block
  return block
    .split('\n')
    .filter(line => line.startsWith('$ '))
    .map(line => line.slice(2))
    .join('\n')
}
