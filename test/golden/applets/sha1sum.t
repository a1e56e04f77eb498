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

# A list that cannot be opened ends it, a directory is an empty one
$ mkdir d; sha1sum -c missing d
! sha1sum: missing: No such file or directory
? 1
$ sha1sum -c d
! sha1sum: d: no checksum lines found
? 1
$ printf '  lead\n' | sha1sum -c
lead: FAILED
! sha1sum: can't open 'lead': No such file or directory
! sha1sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ printf 'x\n' > f; sha1sum -c -s f missing
! sha1sum: missing: No such file or directory
? 1
