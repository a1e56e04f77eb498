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

# So many bytes, from there
$ printf 'abcdef' > a
$ printf 'abxdeg' > b
$ cmp -n 2 a b
$ cmp -n 3 a b
a b differ: char 3, line 1
? 1
$ cmp -l a b
3 143 170
6 146 147
? 1
$ cmp -s a b
? 1
$ cmp a b 3
a b differ: char 1, line 1
? 1
$ cmp a b 3 3
a b differ: char 3, line 1
? 1
$ cmp a b 2 3
a b differ: char 1, line 1
? 1
$ cmp a - < a
$ cmp a nox
! cmp: nox: No such file or directory
? 2
$ cmp -s a nox
? 2
$ printf 'abc' > c
$ cmp a c
! cmp: EOF on c
? 1
$ cmp -l a c
! cmp: EOF on c
? 1
$ cmp c a
! cmp: EOF on c
? 1
$ printf 'ab\nc' > e
$ printf 'ab\nd' > g
$ cmp e g
e g differ: char 4, line 2
? 1
$ cmp
! Usage
? 1

# With a limit it goes on
$ printf 'abcdef' > a
$ printf 'abxdeg' > b
$ cmp -n 10 a b
a b differ: char 3, line 1
a b differ: char 6, line 1
? 1

# Lines are counted where both end
$ printf 'a\nb\nc\n' > a; printf 'xyz\nc\n' > b; cmp -n 6 a b
a b differ: char 1, line 1
a b differ: char 2, line 1
a b differ: char 3, line 1
? 1
