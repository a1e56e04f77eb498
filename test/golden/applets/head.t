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
