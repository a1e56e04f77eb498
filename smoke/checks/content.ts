// fileContentTests: what is in a file.

import { SysError } from '../../kernel/errno.ts'
import { type Check, type Outcome, refusal } from '../check.ts'
import type { Context } from '../context.ts'
import { missing, present } from '../outputs.ts'
import type { ContentTest } from '../schema.ts'

export function contentCheck(test: ContentTest, context: Context): Check {
  const { name = '', path = '' } = test
  const invalid = [
    ...(name ? [] : ['Please provide a valid name for every test']),
    ...(path ? [] : [`Please provide a valid file path for test ${name}`]),
  ]
  if (invalid.length > 0) return refusal(name, invalid)
  return { name: `File Content Test: ${name}`, run: async () => run(test, path, context) }
}

function run({ expectedContents, excludedContents }: ContentTest, path: string, { files }: Context): Outcome {
  let contents: string
  try {
    contents = files.read(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return { errors: [`Failed to open ${path}. Error: ${reason(error, path)}`] }
  }
  const what = 'file content string'
  return { errors: [...missing(expectedContents, contents, what), ...present(excludedContents, contents, what)] }
}

function reason(error: SysError, path: string): string {
  if (error.errno === 'EISDIR') return `Cannot read specified path: ${path} is a directory, not a file`
  return error.errno === 'ENOENT' ? `File ${path} not found in image` : error.message
}
