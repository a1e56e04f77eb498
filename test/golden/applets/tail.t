# The last lines, the last bytes, and from a place on
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
$ tail -n 2 numbers
eleven
twelve
$ tail -c 7 numbers
twelve
$ tail -n +11 numbers
eleven
twelve
$ tail +3 words
mu
$ tail -1 words
mu

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
$ tail -n 1 numbers words
==> numbers <==
twelve

==> words <==
mu

# Nothing to show
$ tail nope
! tail: can't open 'nope': No such file or directory
! tail: no files
? 1

# Names above
$ seq 20 > f
$ seq 3 > g
$ tail -v -n 1 f
==> f <==
20
$ tail -n 1 f g
==> f <==
20

==> g <==
3
$ tail -q -n 1 f g
20
3
$ tail -c 5 f
9
20
$ tail -n +19 f
19
20
$ tail -c +48 f

20
$ tail -2 f
19
20
$ tail +19 f
19
20
$ tail -n 0 f
$ tail nox
! tail: can't open 'nox': No such file or directory
! tail: no files
? 1
$ tail -s 1 -n 1 f
20
$ tail -n x f
! tail: invalid number 'x'
? 1
$ tail -c 1k f | wc -c
51
$ tail - < g
1
2
3
$ tail -n 1 f - < g
==> f <==
20

==> - <==
3
$ printf 'a\nb' | tail -n 1; echo
b
$ tail -c x f
! tail: invalid number 'x'
? 1

# -N only as the first word
$ seq 5 > f; tail -2 f; tail f -2
4
5
! tail: invalid option -- '2'
! Usage
? 1
$ tail -q -2 f
! tail: invalid option -- '2'
! Usage
? 1

# Several counts: bytes once there is a -c, and the number of -n
$ seq 5 > f; tail -n 2 -c 1 f; tail -c 1 -n 2 f
5
5
$ tail -c +5 -n 3 f
2
3
4
5
$ tail -v < f; tail -v - < f
==> standard input <==
1
2
3
4
5
==> - <==
1
2
3
4
5
