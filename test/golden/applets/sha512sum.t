# A sum
< words
zeta
alpha
mu
$ sha512sum words
ade00a22929dbc4da19576356aa2ad7f43ced48e88bda8e2445b866217871194ca162e616f2748e8a9081e6607484cd2883d3b61696cd611672ea2f26d647e1d  words
$ printf '' | sha512sum
cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e  -

# Checked silently, told of bad lines, binary and text
$ echo hi > f
$ sha512sum f > s
$ sha512sum -b f | tail -c 4
  f
$ sha512sum -t f | tail -c 4
  f
$ sha512sum -c s
f: OK
$ sha512sum -s -c s
$ echo bye > f
$ sha512sum -c s
f: FAILED
! sha512sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ sha512sum -s -c s
? 1
$ echo junk >> s
$ sha512sum -w -c s
f: FAILED
! sha512sum: invalid format
! sha512sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha512sum nox
! sha512sum: can't open 'nox': No such file or directory
? 1
$ rm f
$ sha512sum -c s
f: FAILED
! sha512sum: can't open 'f': No such file or directory
! sha512sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ sha512sum -s f
! Usage
? 1
$ sha512sum < /dev/null | tail -c 3
 -
$ echo > e
$ sha512sum -c e
! sha512sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
