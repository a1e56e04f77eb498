// container-structure-test's JUnit XML: one suite, on one line.

import type { Result } from '../check.ts'
import { goXml } from './go-format.ts'
import type { Summary } from './summary.ts'

const SUITE = 'container-structure-test.test'

export function junitReport({ pass, fail, duration, results }: Summary, suiteName: string = SUITE): string {
  const open = `<testsuites failures="${fail}" tests="${pass + fail}" time="${seconds(duration)}">`
  const suite = `<testsuite name="${goXml(suiteName === '' ? SUITE : suiteName)}">${results.map(testCase).join('')}</testsuite>`
  return `<?xml version="1.0" encoding="UTF-8"?>${open}${suite}</testsuites>\n`
}

function testCase({ name, duration, errors, stdout = '', stderr = '' }: Result): string {
  const failures = errors.map(error => `<failure>${goXml(error)}</failure>`).join('')
  const output = `<system-out>${goXml(stdout)}</system-out><system-err>${goXml(stderr)}</system-err>`
  return `<testcase name="${goXml(name)}" time="${seconds(duration)}">${failures}${output}</testcase>`
}

function seconds(nanoseconds: number): string {
  return String(nanoseconds / 1e9).replace(/e-(\d)$/, 'e-0$1')
}
