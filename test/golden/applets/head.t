# Lines, bytes, and all but the last
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
$ head -n 2 numbers
one
two
$ head -c 8 numbers
one
two
$ head -n -10 numbers
one
two
$ head -2 words
zeta
alpha

# Names stand above several files
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
$ head -n 1 numbers words
==> numbers <==
one

==> words <==
zeta
$ head -q -n 1 numbers words
one
zeta

# A missing file
< words
zeta
alpha
mu
$ head nope words

==> words <==
zeta
alpha
mu
! head: nope: No such file or directory
? 1

# What head did not use is left to the next
< words
zeta
alpha
mu
$ (head -n 1; cat) < words
zeta
alpha
mu

# Names above
$ seq 20 > f
$ seq 3 > g
$ head -v -n 1 f
==> f <==
1
$ head -n 1 f g
==> f <==
1

==> g <==
1
$ head -q -n 1 f g
1
1
$ head -c 5 f; echo
1
2
3
$ head -n -18 f
1
2
$ head -c -45 f
1
2
3
$ head -3 f
1
2
3
$ head -n 0 f
$ head nox f | wc -l
12
! head: nox: No such file or directory
$ head -n x f
! head: invalid number 'x'
? 1
$ head -n 1k f | wc -l
20
$ head - < g
1
2
3
$ head -c 1k f | wc -c
51

# -N only as the first word; of -q and -v the later one
$ seq 5 > f; head -2 f; head f -2
1
2
! head: invalid option -- '2'
! Usage
? 1
$ head -qv f; head -vq f | wc -l
==> f <==
1
2
3
4
5
5

# Several counts: bytes once there is a -c, the last number, before the end once there is a sign
$ seq 5 > f; head -c 1 -n 2 f; head -n 2 -c 1 f; echo
1
1
$ head -n -1 -c 2 f; head -c -1 -n 0 f
1
2
3
4
1
2
3
4
5
