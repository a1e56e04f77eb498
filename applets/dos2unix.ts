import { applet } from './applet.ts'
import { lineEndsDeclaration } from './line-ends.ts'

/** dos2unix, as in busybox. */
export default applet(lineEndsDeclaration('dos2unix', false))
