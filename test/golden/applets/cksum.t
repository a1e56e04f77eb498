# POSIX's CRC
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
$ cksum words numbers
3816933443 14 words
1373949171 63 numbers
$ cksum < words
3816933443 14

# Sums
~ full
$ echo a > f
$ cksum f
2418082923 2 f
$ cksum < f
2418082923 2
$ sum f
32826     1 
$ sum -s f
107 1 f
$ sum -r f
32826     1 
$ cksum -x
! cksum: invalid option -- 'x'
! Usage
? 1

# What cannot be read
~ full
$ cksum nox
! cksum: can't open 'nox': No such file or directory
? 1
$ mkdir d
