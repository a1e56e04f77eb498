# A sum
< words
zeta
alpha
mu
$ sha256sum words
1f9304455c0c763bdb711aa25e198de6094902fc2fd4add91e083d75088cd297  words
$ printf '' | sha256sum
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -
$ sha256sum words > sums; sha256sum -c sums
words: OK

# Checked silently, told of bad lines, binary and text
$ echo hi > f
$ sha256sum f > s
$ sha256sum -b f | tail -c 4
  f
$ sha256sum -t f | tail -c 4
  f
$ sha256sum -c s
f: OK
$ sha256sum -s -c s
$ echo bye > f
$ sha256sum -c s
f: FAILED
! sha256sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ sha256sum -s -c s
? 1
$ echo junk >> s
$ sha256sum -w -c s
f: FAILED
! sha256sum: invalid format
! sha256sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha256sum nox
! sha256sum: can't open 'nox': No such file or directory
? 1
$ rm f
$ sha256sum -c s
f: FAILED
! sha256sum: can't open 'f': No such file or directory
! sha256sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha256sum -s f
! Usage
? 1
$ sha256sum < /dev/null | tail -c 3
 -
$ echo > e
$ sha256sum -c e
! sha256sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
