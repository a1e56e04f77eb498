// The tree as a program of small steps (Thompson's construction), which both engines run.

import type { Assertion, Node } from './tree.ts'

export type Step =
  | { readonly kind: 'character'; readonly point: number; readonly next: number }
  | { readonly kind: 'set'; readonly has: (point: number) => boolean; readonly next: number }
  /** `first` is preferred. */
  | { readonly kind: 'split'; readonly number: number; first: number; readonly second: number }
  | { readonly kind: 'save'; readonly slot: number; readonly next: number }
  | { readonly kind: 'assertion'; readonly what: Assertion; readonly next: number }
  | { readonly kind: 'reference'; readonly number: number; readonly next: number }
  | { readonly kind: 'accept' }

export interface Program {
  readonly steps: readonly Step[]
  readonly entry: number
  readonly accept: number
  readonly hasAssertions: boolean
  readonly splitCount: number
}

export function makeProgram(root: Node): Program {
  const builder: Builder = { steps: [{ kind: 'accept' }], splitCount: 0 }
  const entry = emit(root, 0, builder)
  return { ...builder, entry, accept: 0, hasAssertions: builder.steps.some(step => step.kind === 'assertion') }
}

interface Builder {
  readonly steps: Step[]
  splitCount: number
}

/** Adds the steps of a node that goes on at `next`; answers where it begins. */
function emit(node: Node, next: number, builder: Builder): number {
  const push = (step: Step) => builder.steps.push(step) - 1
  switch (node.kind) {
    case 'empty':
      return next
    case 'character':
      return push({ kind: 'character', point: node.point, next })
    case 'set':
      return push({ kind: 'set', has: node.set.has, next })
    case 'assertion':
      return push({ kind: 'assertion', what: node.what, next })
    case 'reference':
      return push({ kind: 'reference', number: node.number, next })
    case 'sequence':
      return node.parts.reduceRight((after, part) => emit(part, after, builder), next)
    case 'group': {
      const close = push({ kind: 'save', slot: 2 * node.number + 1, next })
      return push({ kind: 'save', slot: 2 * node.number, next: emit(node.part, close, builder) })
    }
    case 'alternatives':
      return node.branches.reduceRight((rest, branch) => {
        const first = emit(branch, next, builder)
        return rest === -1 ? first : push(makeSplit(builder, first, rest))
      }, -1)
    case 'repeat':
      return emitRepeat(node, next, builder)
  }
}

type Split = Extract<Step, { kind: 'split' }>

function makeSplit(builder: Builder, first: number, second: number): Split {
  return { kind: 'split', number: builder.splitCount++, first, second }
}

function emitRepeat(node: Extract<Node, { kind: 'repeat' }>, next: number, builder: Builder): number {
  let after = next
  if (node.most === Number.POSITIVE_INFINITY) {
    const loop = makeSplit(builder, 0, next)
    after = builder.steps.push(loop) - 1
    loop.first = emit(node.part, after, builder)
  } else {
    for (let count = node.least; count < node.most; count++) {
      after = builder.steps.push(makeSplit(builder, emit(node.part, after, builder), next)) - 1
    }
  }
  for (let count = 0; count < node.least; count++) after = emit(node.part, after, builder)
  return after
}
