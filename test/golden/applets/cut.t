# Bytes and fields
< colons
a:b:c
d:e:f
plain
:x:
< words
zeta
alpha
mu
$ cut -c 1-3 words
zet
alp
mu
$ cut -d : -f 2 colons
b
e
plain
x
$ cut -d : -f 1,3 colons
a:c
d:f
plain
:
$ cut -s -d : -f 2 colons
b
e
x

# The order of the list does not matter, unless it is asked for
< colons
a:b:c
d:e:f
plain
:x:
$ cut -d : -f 3,1 colons
a:c
d:f
plain
:
$ cut -D -d : -f 3,1 colons
c:a
f:d
plain
:

# Another delimiter on output
< colons
a:b:c
d:e:f
plain
:x:
$ cut -d : -f 1- -O + colons
a+b+c
d+e+f
plain
+x+

# What is asked must be clear
< words
zeta
alpha
mu
$ cut words
! cut: expected a list of bytes, characters, or fields
? 1
$ cut -c 3-1 words
! cut: 1<2
? 1
$ cut -d : -c 1 words
! cut: a delimiter may be specified only when operating on fields
? 1
