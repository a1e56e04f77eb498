# Lines that match
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
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
< words
zeta
alpha
mu
$ grep e words
zeta
$ grep -n e numbers
1:one
3:three
5:five
7:seven
8:eight
9:nine
10:ten
11:eleven
12:twelve
$ grep -v e numbers
two
four
six
$ grep -c e numbers
9
$ grep -i APPLE fruit
apple 3 red
Apple 10 green

# Context
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
$ grep -A 1 -B 1 six numbers
five
six
seven
$ grep -C 1 -n 'e[nl]' numbers
6-six
7:seven
8-eight
9-nine
10:ten
11:eleven
12:twelve

# Only what matches
< words
zeta
alpha
mu
$ grep -o '[aeiou]' words
e
a
a
a
u
$ grep -on 'e.*' words
1:eta

# Whole words and lines
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
$ grep -w one numbers
one
$ grep -x 'a.*a' words
alpha

# Names
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
$ grep e words numbers | head -3
words:zeta
numbers:one
numbers:three
$ grep -l zeta words numbers
words
$ grep -L zeta words numbers
numbers
$ grep -h zeta words numbers
zeta

# Extended, fixed, many patterns
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
< colons
a:b:c
d:e:f
plain
:x:
< words
zeta
alpha
mu
$ grep -E '(t|z)e' words numbers
words:zeta
numbers:ten
$ grep -F 'a:b' colons
a:b:c
$ grep -e mu -e zeta words
zeta
mu

# Back-references
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
$ grep '\(.\)\1' numbers
three

# Statuses
< words
zeta
alpha
mu
$ grep nothing words
? 1
$ grep x nope
! grep: nope: No such file or directory
? 2
$ grep -q mu words; echo $?
0
$ grep '[' words
! grep: bad regex '['
? 2

# Directories
$ mkdir d; echo match > d/f; grep -r match d
d/f:match
