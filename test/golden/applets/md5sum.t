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
