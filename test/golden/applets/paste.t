# Side by side, and one line each
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
$ paste words words
zeta	zeta
alpha	alpha
mu	mu
$ paste -d , words words
zeta,zeta
alpha,alpha
mu,mu
$ paste -s words
zeta	alpha	mu
$ paste -s -d ,: words
zeta,alpha:mu
$ paste - - < numbers
one	two
three	four
five	six
seven	eight
nine	ten
eleven	twelve

# More escapes
$ echo 1 > a; paste -d '\b' a a | od -c; paste -d '\f\v' a a a | od -c
0000000   1  \b   1  \n
0000004
0000000   1  \f   1  \v   1  \n
0000006
