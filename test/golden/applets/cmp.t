# The first difference
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
$ cmp words words
$ cmp words numbers
words numbers differ: char 1, line 1
? 1
$ cmp -l words numbers | head -3
1 172 157
2 145 156
3 164 145
! cmp: EOF on words
$ cmp -s words numbers
? 1

# One ends first
< words
zeta
alpha
mu
$ printf 'zeta\n' > z; cmp words z
! cmp: EOF on z
? 1

# Missing files
< words
zeta
alpha
mu
$ cmp nope words
! cmp: nope: No such file or directory
? 2
