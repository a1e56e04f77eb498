# Ranges and classes
< words
zeta
alpha
mu
$ tr a-z A-Z < words
ZETA
ALPHA
MU
$ tr '[:lower:]' '[:upper:]' < words
ZETA
ALPHA
MU
$ tr abc x < words
zetx
xlphx
mu

# Deleting, squeezing, the complement
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
$ tr -d aeiou < numbers | head -3
n
tw
thr
$ echo aabbcc | tr -s a-b
abcc
$ echo 'a1b2' | tr -cd '0-9\n'
12

# Escapes
$ echo a b | tr ' ' '\n'
a
b
$ echo abc | tr '\141' X
Xbc

# STRING2 is looked at even with -d
$ echo a | tr -d a ''
! tr: STRING2 cannot be empty
? 1
