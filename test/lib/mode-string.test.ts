import { expect, test } from 'vitest'
import { modeString, parseMode } from '../../lib/mode-string.ts'

test.each([
  ['file', 0o644, '-rw-r--r--'],
  ['directory', 0o1777, 'drwxrwxrwt'],
  ['file', 0o4755, '-rwsr-xr-x'],
  ['file', 0o6644, '-rwSr-Sr--'],
  ['directory', 0o1776, 'drwxrwxrwT'],
  ['symlink', 0o777, 'lrwxrwxrwx'],
  ['fifo', 0, 'p---------'],
  ['character', 0o600, 'crw-------'],
  ['block', 0o660, 'brw-rw----'],
  ['socket', 0o711, 'srwx--x--x'],
] as const)('%s %o is %s', (kind, mode, text) => {
  expect(modeString(kind, mode)).toBe(text)
})

// What busybox chmod makes, under umask 022, of a file of mode 640 and of a directory of mode 2750.
test.each([
  ['u+s', 0o4640, 0o6750],
  ['g=u', 0o660, 0o770],
  ['o+t', 0o640, 0o2750],
  ['a=rwx', 0o777, 0o777],
  ['+x', 0o751, 0o2751],
  ['-w', 0o440, 0o2550],
  ['u=rwX,go=rX', 0o644, 0o755],
  ['ug+s,o+t', 0o6640, 0o6750],
  ['=', 0, 0],
  ['u=', 0o40, 0o2050],
  ['g-s,a+X', 0o640, 0o751],
  ['u+rw-x', 0o640, 0o2650],
  ['1777', 0o1777, 0o1777],
  ['+t', 0o1640, 0o3750],
  ['o=s', 0o640, 0o2750],
  ['u=g', 0o440, 0o2550],
  ['g=o+w', 0o620, 0o720],
  ['a+t', 0o1640, 0o3750],
  ['u++', 0o640, 0o2750],
])('%s', (text, file, directory) => {
  const octal = (mode: number | undefined) => mode?.toString(8)
  expect(octal(parseMode(text, { mode: 0o640, umask: 0o022 }))).toBe(octal(file))
  expect(octal(parseMode(text, { mode: 0o2750, umask: 0o022, isDirectory: true }))).toBe(octal(directory))
})

test.each(['abc', '9', 'u+q', 'u,', ',u', '88', 'ugo', '12345', '77777', '+7', 'u'])('%s is no mode', text => {
  expect(parseMode(text, { mode: 0o640 })).toBeUndefined()
})
