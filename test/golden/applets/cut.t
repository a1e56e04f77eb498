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

# Bytes, fields, the rest
$ printf 'a:b:c\nno\n:x:\n' > f
$ cut -b 1,3 f
ab
n
::
$ cut -b 2- f
:b:c
o
x:
$ cut -n -b 1-2 f
a:
no
:x
$ cut -d : -f 2 f
b
no
x
$ cut -d : -f 2 -s f
b
x
$ cut -d : -f -2 f
a:b
no
:x
$ cut -c 2-3,1 f
a:b
no
:x:
$ printf 'a  b\tc d\n' > g
$ cut -F 2 g
b
$ cut -F 1,3 g
a c
$ cut -f 2 g
c d
$ cut -d ' ' -f 3 g
b	c
$ cut -d ab -f 1 g

$ cut f
! cut: expected a list of bytes, characters, or fields
? 1
$ cut -f 0 f
a:b:c
no
:x:
$ cut -f 3-1 f
! cut: 1<2
? 1
$ cut -f x f
! cut: invalid number 'x'
? 1
$ cut -b 1 -f 1 f
! Usage
? 1
$ cut -c 1 -d : f
! cut: a delimiter may be specified only when operating on fields
? 1
$ cut -f 1 nox
! cut: nox: No such file or directory
? 1
$ cut -c 1 -s f
! cut: suppressing non-delimited lines makes sense only when operating on fields
? 1

# What is put between
$ printf 'a  b\tc d\n' > g
$ cut -d : -f 1,2 -O '' g
a  b	c d
$ cut -F 1,2 g
a b
$ cut -d ' ' -f 1- -O _ g
a__b	c_d
$ cut --junk=x g
! cut: unrecognized option '--junk=x'
! Usage
? 1

# Nothing that is not asked for
~ full
$ printf 'a:b:c\nno\n' > f
$ cut -D -d : -f 3,1 f
c:a
no
$ cut -D -c 2,1 f
:a
on
$ cut -n -b 1 f
a
n

# Put between what regular expressions find
$ printf 'a  b\tc d\n' > g
$ cut -F 2- -O - g
b-c-d
$ cut -F 1,3 -O / g
a/c
$ cut -d a -f 1 -f 2 g
! Usage
? 1
$ cut -b 1 -b 2 g
! Usage
? 1

# Words: empty ones are none, and -s means nothing
$ printf 'a::b:\n:x\n' > h; cut -F 1- -d : -O , h
a,b
x
$ cut -F 2,3 -d : h
b
x
$ printf 'one\ntwo words\n' | cut -s -F 2

words
