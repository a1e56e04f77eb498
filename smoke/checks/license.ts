// licenseTests: copyright files that must not name AGPL or WTFPL, as container-structure-test has it; and lists of one's own.

import { SysError } from '../../kernel/errno.ts'
import type { Check } from '../check.ts'
import type { Context } from '../context.ts'
import { allPaths } from '../every-path.ts'
import { globMatcher } from '../glob.ts'
import type { LicensesTest, LicenseTest } from '../schema.ts'

const DEBIAN = '/usr/share/doc'
const DENIED = ['AGPL', 'WTFPL']
/** Its copyright file names a license that it is not under. */
const SKIPPED = new Set(['libgnutls30'])

export function licenseCheck({ debian, files = [] }: LicenseTest, context: Context): Check {
  return {
    name: 'License Test',
    run: async () => {
      const errors = debian ? debianErrors(context) : []
      return { errors: [...errors, ...files.flatMap(path => fileErrors(path, DENIED, context))] }
    },
  }
}

export function licensesCheck(test: LicensesTest, context: Context): Check {
  const { allowed, denied = DENIED, files = [`${DEBIAN}/*/copyright`] } = test
  return {
    name: 'Licenses Test',
    run: async () => {
      const matches = files.map(globMatcher)
      const paths = allPaths(context.files).filter(path => matches.some(isMatch => isMatch(path)))
      const errors = paths.flatMap(path => [
        ...fileErrors(path, denied, context),
        ...(allowed ? allowedErrors(path, allowed, context) : []),
      ])
      return { errors: paths.length === 0 ? [`no file matches ${files.join(', ')}`] : errors }
    },
  }
}

function debianErrors(context: Context): string[] {
  const { files } = context
  try {
    const packages = files.list(DEBIAN).filter(name => files.stat(`${DEBIAN}/${name}`).kind === 'directory')
    const looked = packages.filter(name => !SKIPPED.has(name))
    return looked.flatMap(name => fileErrors(`${DEBIAN}/${name}/copyright`, DENIED, context))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return [`Error reading directory: ${DEBIAN}: ${error.message}`]
  }
}

function fileErrors(path: string, denied: readonly string[], context: Context): string[] {
  const text = readUpper(path, context)
  if (text === undefined) return [`Error reading license file for ${path}: File ${path} not found in image`]
  const found = denied.find(word => text.includes(word.toUpperCase()))
  return found === undefined ? [] : [`Invalid license for ${path}, license contains ${found}`]
}

function allowedErrors(path: string, allowed: readonly string[], context: Context): string[] {
  const text = readUpper(path, context) ?? ''
  if (allowed.some(word => text.includes(word.toUpperCase()))) return []
  return [`Invalid license for ${path}, it names none of ${allowed.join(', ')}`]
}

function readUpper(path: string, { files }: Context): string | undefined {
  try {
    return files.read(path).toUpperCase()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
