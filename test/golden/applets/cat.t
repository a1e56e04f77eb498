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

# Unbuffered, numbers, ends
$ printf 'a\n\n\nb' > f
$ cat -u f; echo
a


b
$ cat -n f; echo
     1	a
     2	
     3	
     4	b

$ cat -b f; echo
     1	a


     2	b

$ cat -v f; echo
a


b
$ printf 'a\tb\001\200\n' | cat -e
a	b^AM-^@$
$ printf 'a\tb\001\200\n' | cat -t
a^Ib^AM-^@
$ printf 'a\tb\n' | cat -A
a^Ib$
$ cat f - f < f | cat -n
     1	a
     2	
     3	
     4	ba
     5	
     6	
     7	ba
     8	
     9	
    10	b
$ cat nox f; echo
a


b
! cat: can't open 'nox': No such file or directory
$ cat f nox f; echo
a


ba


b
! cat: can't open 'nox': No such file or directory
$ cat -Z f
! cat: invalid option -- 'Z'
! Usage
? 1

# Numbers of what is shown, and of directories
$ printf 'one\n\ntwo' > f; cat -nv f f; echo
     1  one
     2  
     3  twoone
     4  
     5  two
$ echo; cat -be f; echo

     1  one$
\$
     2  two
$ mkdir d; cat -n d; cat -v d
? 1
$ cat f > /dev/full
! cat: write error: No space left on device
? 1

# What cannot be numbered
$ cat -n missing; cat -nv missing
! cat: missing: No such file or directory
! cat: can't open 'missing': No such file or directory
? 1

# -v goes on behind a directory
$ mkdir d; echo a > a; cat -v d a
a
? 1
