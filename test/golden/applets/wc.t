# Lines, words, bytes
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
$ wc words
        3         3        14 words
$ wc < words
        3         3        14
$ wc -l words
3 words
$ wc -lw words numbers
        3         3 words
       12        12 numbers
       15        15 total

# Characters are not bytes
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
$ echo é | wc -c
3
$ echo é | wc -m
2
~ differs: characters are counted; Debian's busybox knows no UTF-8 without a locale
$ wc -L numbers
6 numbers

# What cannot be opened
< words
zeta
alpha
mu
$ wc nope words
        3         3        14 words
        3         3        14 total
! wc: nope: No such file or directory
? 1
