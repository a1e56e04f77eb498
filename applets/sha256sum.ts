import { Sha256 } from '../lib/sha256.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'
import { sizedDigest } from './sized-digest.ts'

/** sha256sum, as in busybox. */
export default applet(
  checksumDeclaration('sha256sum', 'SHA-256', host => sizedDigest(host, 'sha256', () => new Sha256())),
)
