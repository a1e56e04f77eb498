import { Sha512 } from '../lib/sha512.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'
import { sizedDigest } from './sized-digest.ts'

/** sha512sum, as in busybox. */
export default applet(
  checksumDeclaration('sha512sum', 'SHA-512', host => sizedDigest(host, 'sha512', () => new Sha512())),
)
