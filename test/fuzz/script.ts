// Random scripts that end, whose output says everything they did: words, expansions, redirections, control flow, traps.

import { grammar } from './grammar.ts'

export const scripts = grammar('test/fuzz/script.grammar', 'script')
