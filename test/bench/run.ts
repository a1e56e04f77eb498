// Speed as ratios of CPU time, ours beside other shells in the same run. `npm run bench`: the bars of the whole;
// `npm run bench shell [NAME]...`: the shell's benchmark set, or what of it is named.

import { benchShell } from './shell.ts'

const [set = 'story', ...names] = process.argv.slice(2)

if (set === 'story') await import('./story.ts')
else if (set === 'shell') benchShell(names)
else throw new Error(`bench: no set '${set}': story or shell`)
