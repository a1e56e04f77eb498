import { applet } from './applet.ts'
import { lineEndsDeclaration } from './line-ends.ts'

/** unix2dos, as in busybox. */
export default applet(lineEndsDeclaration('unix2dos', true))
