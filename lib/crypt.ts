// crypt(3): passwords hashed by the method that the salt names.

import { CRYPT_LETTERS } from './crypt/base64.ts'
import { desCrypt } from './crypt/des-crypt.ts'
import { md5Crypt } from './crypt/md5-crypt.ts'
import { sha256Crypt, sha512Crypt } from './crypt/sha-crypt.ts'

/** `setting`: `$1$salt`, `$5$salt`, `$6$rounds=N$salt`, or two letters; a whole hash will do. undefined: a bad salt. */
export function crypt(password: string, setting: string): string | undefined {
  const match = /^\$([156])\$((?:rounds=\d+\$)?[^$]*)/.exec(setting)
  if (!match) return desCrypt(password, setting)
  const [, method, salt = ''] = match
  if (method === '1') return md5Crypt(password, salt.slice(0, 8))
  return method === '5' ? sha256Crypt(password, salt) : sha512Crypt(password, salt)
}

export type CryptMethod = 'des' | 'md5' | 'sha256' | 'sha512'

const PREFIXES: Readonly<Record<CryptMethod, string>> = { des: '', md5: '$1$', sha256: '$5$', sha512: '$6$' }
const SALT_LENGTHS: Readonly<Record<CryptMethod, number>> = { des: 2, md5: 8, sha256: 16, sha512: 16 }

/** The setting for a method, with a salt that is given or made of random bytes. */
export function cryptSetting(method: CryptMethod, salt: string | ((count: number) => Uint8Array)): string {
  if (typeof salt === 'string') return PREFIXES[method] + salt
  const random = Array.from(salt(SALT_LENGTHS[method]), byte => CRYPT_LETTERS[byte & 63])
  return PREFIXES[method] + random.join('')
}
