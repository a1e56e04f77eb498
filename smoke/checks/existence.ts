// fileExistenceTests: whether a file is there, and whose.

import { SysError } from '../../kernel/errno.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { type Check, type Outcome, refusal } from '../check.ts'
import type { Context } from '../context.ts'
import { expand } from '../expand.ts'
import { goMode } from '../go-mode.ts'
import type { ExistenceTest } from '../schema.ts'

export function existenceCheck(test: ExistenceTest, context: Context): Check {
  const { name = '', path = '' } = test
  const invalid = [
    ...(name ? [] : ['Please provide a valid name for every test']),
    ...(path ? [] : [`Please provide a valid file path for test ${name}`]),
  ]
  if (invalid.length > 0) return refusal(name, invalid)
  return { name: `File Existence Test: ${name}`, run: async () => run(test, path, context) }
}

function run(test: ExistenceTest, path: string, { files, state }: Context): Outcome {
  const { shouldExist = true } = test
  const stat = statOf(() =>
    files.stat(
      expand(path, name => state.env.get(name)),
      { follow: false },
    ),
  )
  if (!shouldExist) return { errors: stat ? [`File ${path} should not exist but does`] : [] }
  if (!stat) return { errors: [`Error examining file in container: Could not find the file ${path} in the image`] }
  return { errors: [...modeErrors(test, path, stat), ...ownerErrors(test, path, stat)] }
}

export function statOf(stat: () => Stat): Stat | undefined {
  try {
    return stat()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

const BITS: Readonly<Record<string, number>> = { any: 0o111, owner: 0o100, group: 0o010, other: 0o001 }

function modeErrors({ permissions, isExecutableBy }: ExistenceTest, path: string, stat: Stat): string[] {
  const actual = goMode(stat)
  const errors: string[] = []
  if (permissions && permissions !== actual) {
    errors.push(`${path} has incorrect permissions. Expected: ${permissions}, Actual: ${actual}`)
  }
  if (!isExecutableBy) return errors
  const bits = BITS[isExecutableBy]
  if (bits === undefined) return [...errors, `${isExecutableBy} not recognised as a valid option`]
  if ((stat.mode & bits) !== 0) return errors
  const message = `${path} has incorrect executable bit. Expected to be executable by ${isExecutableBy}, Actual: ${actual}`
  return [...errors, message]
}

function ownerErrors({ uid = -1, gid = -1 }: ExistenceTest, path: string, stat: Stat): string[] {
  const errors: string[] = []
  if (uid !== -1 && uid !== stat.uid) {
    errors.push(`${path} has incorrect user ownership. Expected: ${uid}, Actual: ${stat.uid}`)
  }
  if (gid !== -1 && gid !== stat.gid) {
    errors.push(`${path} has incorrect group ownership. Expected: ${gid}, Actual: ${stat.gid}`)
  }
  return errors
}
