import { Sha1 } from '../lib/sha1.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'
import { sizedDigest } from './sized-digest.ts'

/** sha1sum, as in busybox. */
export default applet(checksumDeclaration('sha1sum', 'SHA-1', host => sizedDigest(host, 'sha1', () => new Sha1())))
