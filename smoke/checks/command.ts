// commandTests: a command in a container of its own, after its setup.

import { StartError } from '../../engine/errors.ts'
import { type Check, type Outcome, refusal } from '../check.ts'
import type { Context } from '../context.ts'
import { expand } from '../expand.ts'
import { exitErrors, outputErrors } from '../outputs.ts'
import { reasonOf, type State } from '../prepared.ts'
import type { CommandTest, Variable } from '../schema.ts'

export function commandCheck(test: CommandTest, context: Context): Check {
  const name = test.name ?? ''
  const invalid = validate(test)
  if (invalid.length > 0) return refusal(name, invalid)
  return { name: `Command Test: ${name}`, run: () => run(test, name, context) }
}

function validate({ name, command, setup = [], teardown = [], envVars = [] }: CommandTest): string[] {
  const empty = (what: string) =>
    `Error in ${what} command configuration encountered; please check formatting and remove all empty ${what} commands`
  return [
    ...(name ? [] : ['Please provide a valid name for every test']),
    ...(command ? [] : [`Please provide a valid command to run for test ${name ?? ''}`]),
    ...setup.filter(words => words.length === 0).map(() => empty('setup')),
    ...teardown.filter(words => words.length === 0).map(() => empty('teardown')),
    ...envVars
      .filter(({ key, value }) => !key || !value)
      .map(() => 'Please provide non-empty keys and values for all specified env vars'),
  ]
}

async function run(test: CommandTest, name: string, context: Context): Promise<Outcome> {
  const { prepared, settings } = context
  // Once, by the image's variables: those that setup commands keep are the same ones.
  const own = expanded(test.envVars ?? [], context.state)
  let state: State
  try {
    state = await afterSetup(test.setup ?? [], own, context)
  } catch (error) {
    return { errors: [`error in setup: ${reasonOf(error)}`] }
  }
  const argv = [test.command ?? '', ...(test.args ?? [])].map(word => expand(word, key => state.env.get(key)))
  const env = new Map([...own, ...settings.env])
  try {
    const ran = await prepared.run(state, settings, argv, env)
    const errors = [...outputErrors(test, ran), ...exitErrors(name, test, ran.exitCode)]
    const after = await teardown(test.teardown ?? [], ran.state, context)
    return { errors: [...errors, ...after], stdout: ran.stdout, stderr: ran.stderr }
  } catch (error) {
    const reason = reasonOf(error)
    return { errors: [error instanceof StartError ? `Error creating container: ${reason}` : reason] }
  }
}

/** Each command runs over what the one before left, and its variables stay. Its exit status is not asked for. */
async function afterSetup(
  commands: readonly (readonly string[])[],
  env: ReadonlyMap<string, string>,
  { prepared, settings, state }: Context,
): Promise<State> {
  let current = state
  for (const argv of commands) {
    const ran = await prepared.run(current, settings, argv, env)
    current = ran.state
  }
  return current
}

/** The tool's docker driver skips these; here they run, and one that fails is an error of the test. */
async function teardown(
  commands: readonly (readonly string[])[],
  state: State,
  { prepared, settings }: Context,
): Promise<string[]> {
  let current = state
  for (const argv of commands) {
    const ran = await prepared.run(current, settings, argv, new Map())
    if (ran.exitCode !== 0) return [`error in teardown: ${argv.join(' ')} exited with ${ran.exitCode}: ${ran.stderr}`]
    current = ran.state
  }
  return []
}

export function expanded(variables: readonly Variable[], state: State): Map<string, string> {
  return new Map(variables.map(({ key = '', value = '' }) => [key, expand(value, name => state.env.get(name))]))
}
