import { type Builtin, builtin } from '../../builtins/builtin.ts'

/** There is no programmable completion: Tab completes commands, paths, variables, users and options by itself. */
function refused(name: string): Builtin {
  return builtin({
    name,
    raw: true,
    about: 'Say how the words of a command are completed: not supported',
    operands: '[ARG]...',
    main({ shell }) {
      shell.complain('programmable completion is not supported')
      return 1
    },
  })
}

export const complete = refused('complete')
export const compopt = refused('compopt')
