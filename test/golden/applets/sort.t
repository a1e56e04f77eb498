# By text, by number, backwards
< words
zeta
alpha
mu
$ sort words
alpha
mu
zeta
$ printf '10\n9\n-1\n' | sort -n
-1
9
10
$ sort -r words
zeta
mu
alpha

# By fields
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
< colons
a:b:c
d:e:f
plain
:x:
$ sort -k 2n fruit
banana 1 yellow
banana 1 yellow
cherry 2 red
apple 3 red
Apple 10 green
$ sort -k 3,3 -k 1,1 fruit
Apple 10 green
apple 3 red
cherry 2 red
banana 1 yellow
banana 1 yellow
$ sort -t : -k 2 colons
plain
a:b:c
d:e:f
:x:

# Duplicates, case, stability
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
$ sort -u fruit
Apple 10 green
apple 3 red
banana 1 yellow
cherry 2 red
$ sort -f fruit
Apple 10 green
apple 3 red
banana 1 yellow
banana 1 yellow
cherry 2 red
$ sort -s -k 3,3 fruit
Apple 10 green
apple 3 red
cherry 2 red
banana 1 yellow
banana 1 yellow

# Months, versions, floats
$ printf 'Mar\nJan\nfeb\n' | sort -M
Jan
feb
Mar
$ printf 'a1.10\na1.9\n' | sort -V
a1.9
a1.10
$ printf '1e3\n20\n.5\n' | sort -g
.5
20
1e3

# Checking
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
$ sort -c words
! Check line 1
? 1
$ sort -c -u fruit
! Check line 3
? 1

# The output may be an input
< words
zeta
alpha
mu
$ sort -o words words; cat words
alpha
mu
zeta

# What is wrong has status 2
< words
zeta
alpha
mu
$ sort nope
! sort: nope: No such file or directory
? 2
$ sort -k 0 words
! sort: bad field specification
? 2
