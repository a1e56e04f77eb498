# A sum
< words
zeta
alpha
mu
$ sha1sum words
1e2d8eef9d2e1a1b34b2ed467ae788180d16cd59  words
$ printf '' | sha1sum
da39a3ee5e6b4b0d3255bfef95601890afd80709  -

# Checked silently, told of bad lines, binary and text
$ echo hi > f
$ sha1sum f > s
$ sha1sum -b f | tail -c 4
  f
$ sha1sum -t f | tail -c 4
  f
$ sha1sum -c s
f: OK
$ sha1sum -s -c s
$ echo bye > f
$ sha1sum -c s
f: FAILED
! sha1sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ sha1sum -s -c s
? 1
$ echo junk >> s
$ sha1sum -w -c s
f: FAILED
! sha1sum: invalid format
! sha1sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha1sum nox
! sha1sum: can't open 'nox': No such file or directory
? 1
$ rm f
$ sha1sum -c s
f: FAILED
! sha1sum: can't open 'f': No such file or directory
! sha1sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha1sum -s f
! Usage
? 1
$ sha1sum < /dev/null | tail -c 3
 -
$ echo > e
$ sha1sum -c e
! sha1sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
