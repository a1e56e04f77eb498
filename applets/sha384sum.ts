import { Sha384 } from '../lib/sha512.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'
import { sizedDigest } from './sized-digest.ts'

/** sha384sum, as in busybox. */
export default applet(
  checksumDeclaration('sha384sum', 'SHA-384', host => sizedDigest(host, 'sha384', () => new Sha384())),
)
