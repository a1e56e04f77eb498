# Pieces of lines and bytes
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
$ split -l 5 numbers; ls; cat xac
numbers
words
xaa
xab
xac
eleven
twelve
$ split -b 5 words p; cat pab pac
alpha
mu

# Too many pieces
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
$ split -a 1 -l 1 numbers q; echo $?
0
