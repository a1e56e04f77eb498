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

# Characters
$ printf 'h\303\251llo w\nx' > f
$ wc f
        1         3        10 f
$ wc -c f
10 f
$ wc -l f
1 f
$ wc -w f
3 f
$ wc -L f
6 f
$ wc -lw f f
        1         3 f
        1         3 f
        2         6 total
$ wc nox f
        1         3        10 f
        1         3        10 total
! wc: nox: No such file or directory
? 1
$ wc < f
        1         3        10
$ wc - < f
        1         3        10 -
$ wc -x
! wc: invalid option -- 'x'
! Usage
? 1
$ wc /dev/null
        0         0         0 /dev/null

# Characters of ASCII
$ printf 'hello w\nx' > f
$ wc -m f
9 f
$ wc -mc f
        9         9 f
$ wc -lm f
        1         9 f
