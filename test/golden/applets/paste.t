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
