// Every check of a test file, in the order in which container-structure-test runs them; then ours.

import type { Check } from './check.ts'
import { auditChecks } from './checks/audit.ts'
import { commandCheck } from './checks/command.ts'
import { contentCheck } from './checks/content.ts'
import { existenceCheck } from './checks/existence.ts'
import { fileCheck } from './checks/file.ts'
import { licenseCheck, licensesCheck } from './checks/license.ts'
import { limitsCheck } from './checks/limits.ts'
import { metadataCheck } from './checks/metadata.ts'
import { runCheck } from './checks/run.ts'
import type { Context } from './context.ts'
import type { Suite } from './suite.ts'

export function planChecks(suite: Suite, context: Context): Check[] {
  const metadata = suite.metadataTest && metadataCheck(suite.metadataTest, context)
  const { runTests = [], fileTests = [], limits, audit, licenses } = suite.cowbox ?? { line: 0 }
  return [
    ...suite.commandTests.map(test => commandCheck(test, context)),
    ...suite.contentTests.map(test => contentCheck(test, context)),
    ...suite.existenceTests.map(test => existenceCheck(test, context)),
    ...suite.licenseTests.map(test => licenseCheck(test, context)),
    ...(metadata ? [metadata] : []),
    ...runTests.map(test => runCheck(test, context)),
    ...fileTests.map(test => fileCheck(test, context)),
    ...(limits ? [limitsCheck(limits, context)] : []),
    ...(audit ? auditChecks(audit, context) : []),
    ...(licenses ? [licensesCheck(licenses, context)] : []),
  ]
}
