import { Sha512 } from '../lib/sha512.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'

/** sha512sum, as in busybox. */
export default applet(checksumDeclaration('sha512sum', 'SHA-512', () => new Sha512()))
