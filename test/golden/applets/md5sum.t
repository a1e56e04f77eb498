# Sums, and checking them
< numbers
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
< words
zeta
alpha
mu
$ md5sum words numbers
61ddeafe99f3c00c776ead48a492238c  words
9e7be3f89c1d07779f64375baa7f644f  numbers
$ md5sum < words
61ddeafe99f3c00c776ead48a492238c  -
$ md5sum words > sums; md5sum -c sums
words: OK

# A sum that is wrong
< words
zeta
alpha
mu
$ md5sum words > sums; echo more >> words; md5sum -c sums
words: FAILED
! md5sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ md5sum -c -s sums; echo $?
1

# What cannot be read
$ md5sum nope
! md5sum: can't open 'nope': No such file or directory
? 1

# Checked silently, told of bad lines, binary and text
$ echo hi > f
$ md5sum f > s
$ md5sum -b f | tail -c 4
  f
$ md5sum -t f | tail -c 4
  f
$ md5sum -c s
f: OK
$ md5sum -s -c s
$ echo bye > f
$ md5sum -c s
f: FAILED
! md5sum: WARNING: 1 of 1 computed checksums did NOT match
? 1
$ md5sum -s -c s
? 1
$ echo junk >> s
$ md5sum -w -c s
f: FAILED
! md5sum: invalid format
! md5sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ md5sum nox
! md5sum: can't open 'nox': No such file or directory
? 1
$ rm f
$ md5sum -c s
f: FAILED
! md5sum: can't open 'f': No such file or directory
! md5sum: WARNING: 2 of 2 computed checksums did NOT match
? 1
$ md5sum -s f
! Usage
? 1
$ md5sum < /dev/null | tail -c 3
 -
$ echo > e
$ md5sum -c e
! md5sum: WARNING: 1 of 1 computed checksums did NOT match
? 1

