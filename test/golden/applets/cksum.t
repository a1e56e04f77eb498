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
