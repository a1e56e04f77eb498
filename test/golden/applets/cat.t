# Files follow one another
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
$ cat numbers words
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
zeta
alpha
mu

# Lines are numbered, empty ones not with -b
$ printf 'a\n\nb\n' | cat -n
     1	a
     2	
     3	b
$ printf 'a\n\nb\n' | cat -b
     1	a

     2	b

# What cannot be seen is shown
$ printf 'a\tb\001\377\n' | cat -vet
a^Ib^AM-^?$

# A file that cannot be opened is passed over
< words
zeta
alpha
mu
$ cat nope words
zeta
alpha
mu
! cat: can't open 'nope': No such file or directory
? 1

# A directory cannot be read
< words
zeta
alpha
mu
$ mkdir d; cat d words
zeta
alpha
mu
! cat: read error: Is a directory
? 1
