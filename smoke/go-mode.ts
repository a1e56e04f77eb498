// A mode as Go's FileMode prints it, which is not what ls does: setuid is a leading `u`, a sticky directory `dt`.

import type { Stat } from '../kernel/vfs/stat.ts'

const KINDS: Readonly<Record<Stat['kind'], string>> = {
  file: '',
  directory: 'd',
  symlink: 'L',
  block: 'D',
  character: 'D',
  fifo: 'p',
  socket: 'S',
}

export function goMode({ kind, mode }: Pick<Stat, 'kind' | 'mode'>): string {
  const special = [
    KINDS[kind],
    mode & 0o4000 ? 'u' : '',
    mode & 0o2000 ? 'g' : '',
    kind === 'character' ? 'c' : '',
    mode & 0o1000 ? 't' : '',
  ].join('')
  const letters = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'))
  return (special === '' ? '-' : special) + letters.join('')
}
