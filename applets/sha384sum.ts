import { Sha384 } from '../lib/sha512.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'

/** sha384sum, as in busybox. */
export default applet(checksumDeclaration('sha384sum', 'SHA-384', () => new Sha384()))
