// bash, as far as it is not ash: what the shared executor asks of a dialect.

import { evaluateText } from '../expand/arithmetic.ts'
import { type Additions, makeCompiler } from '../run/compile.ts'
import type { Extension } from '../shell.ts'
import { BashState } from '../state/bash-state.ts'
import { announcerOf } from './announce.ts'
import { assignElement, elementOf, splitElement } from './arrays.ts'
import { compileAppended } from './assignment.ts'
import { beginShell } from './begin.ts'
import { takeOption } from './command-line.ts'
import { completeBashLine } from './complete-line.ts'
import { compileBashCompound } from './compound.ts'
import { COMPUTED } from './computed.ts'
import { exportedFunctions } from './exported-functions.ts'
import { compileBracedFields } from './fields.ts'
import { compileFileText } from './file-text.ts'
import { compileFunctionBody, defineFunction } from './frames.ts'
import { expandGlob } from './glob.ts'
import { bashHistory, saveHistory, takeLine } from './history.ts'
import { describeSyntax, place, statusOf, words } from './messages.ts'
import { BashNames } from './names.ts'
import { compileBashParameter } from './parameter.ts'
import { caseOptions } from './patterns.ts'
import { compileBashPipeline } from './pipeline.ts'
import { bashPrompt, beforeCommand, beforePrompt } from './prompt.ts'
import { initialShopt } from './shopt-names.ts'
import { compileBashSimple } from './simple.ts'
import { startupFiles } from './startup-files.ts'
import { traceLines } from './trace.ts'

const additions: Additions = {
  dialect: 'bash',
  arithmeticOptions: { subscripts: true, recursive: true },
  patternOptions: caseOptions,
  statement(compiler, node, last) {
    if (node.kind === 'simple') return compileBashSimple(compiler, node, last)
    if (node.kind === 'function') return shell => defineFunction(shell, node)
    return node.kind === 'pipeline' ? compileBashPipeline(compiler, node) : undefined
  },
  compound: compileBashCompound,
  fields: compileBracedFields,
  parameter: compileBashParameter,
  functionBody: compileFunctionBody,
  appended: compileAppended,
  substitution: compileFileText,
  announce: announcerOf,
}

export const bashCompiler = makeCompiler(additions)

export const extension: Extension = {
  begin: beginShell,
  takeOption,
  startupFiles,
  makeState: shell => new BashState(shell.proc.kernel.clock.now(), initialShopt),
  computed: COMPUTED,
  names: shell => new BashNames(shell),
  evaluate: evaluateText,
  element: {
    get(shell, name) {
      const element = splitElement(name)
      return element && elementOf(shell, element.name, element.subscript)
    },
    set(shell, name, value) {
      const element = splitElement(name)
      if (element) assignElement(shell, element.name, element.subscript, value)
    },
  },
  exports: exportedFunctions,
  takeLine,
  complete: completeBashLine,
  prompt: bashPrompt,
  beforePrompt,
  beforeCommand,
  history: bashHistory,
  saveHistory,
  trace: traceLines,
  place,
  describeSyntax,
  words,
  statusOf,
  glob: expandGlob,
}
