import { number } from '../lib/options.ts'
import { Sha3 } from '../lib/sha3.ts'
import { applet, Failure } from './applet.ts'
import { CHECKSUM_OPTIONS, checksumDeclaration } from './checksum.ts'

const declared = checksumDeclaration('sha3sum', 'SHA-3', () => new Sha3(224))

/** sha3sum, as in busybox. */
export default applet({
  ...declared,
  options: { ...CHECKSUM_OPTIONS, bits: number('-a', 'BITS', '224, 256, 384 or 512', 224) },
  main(invocation) {
    const { bits } = invocation.options
    if (![224, 256, 384, 512].includes(bits)) throw new Failure(`bad -a${bits}`)
    return checksumDeclaration('sha3sum', 'SHA-3', () => new Sha3(bits)).main(invocation)
  },
})
