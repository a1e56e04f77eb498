import { Sha256 } from '../lib/sha256.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'

/** sha256sum, as in busybox. */
export default applet(checksumDeclaration('sha256sum', 'SHA-256', () => new Sha256()))
