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
