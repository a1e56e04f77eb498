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

# In pieces
~ full
$ seq 10 > f
$ split -l 3 f
$ ls
f
xaa
xab
xac
xad
$ cat xaa
1
2
3
$ split -b 5 f p
$ ls p*
paa
pab
pac
pad
pae
$ split -a 1 -l 5 f q
$ ls q*
qa
qb
$ split -b 1k f k
$ ls k*
kaa
$ split -a 1 -l 1 -- f z > /dev/null

