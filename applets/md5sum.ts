import { Md5 } from '../lib/md5.ts'
import { applet } from './applet.ts'
import { checksumDeclaration } from './checksum.ts'
import { sizedDigest } from './sized-digest.ts'

/** md5sum, as in busybox. */
export default applet(checksumDeclaration('md5sum', 'MD5', host => sizedDigest(host, 'md5', () => new Md5())))
