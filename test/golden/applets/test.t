# By the number of words
$ env test; echo $?; env test ''; echo $?; env test -f; echo $?; env test ! x; echo $?
1
1
0
1
$ env test a b
! test: b: unknown operand
? 2
$ env test x =
! test: =: argument expected
? 2
$ env test = x
! test: x: unknown operand
? 2

# Numbers are compared as numbers
$ env test ' 1 ' -eq +1 && echo same
same
$ env test 1 -eq x
! test: x: bad number
? 2
$ env test 1 -eq ''
! test: bad number
? 2
$ env test 9223372036854775808 -gt 1
! test: 9223372036854775808: out of range
? 2

# Parentheses, ! -a -o
$ env test ! a = b -a '(' c = c -o '' ')' && echo yes
yes
$ env test '(' a
! test: closing paren expected
? 2
$ env test 1 -eq 1 -o
! test: argument expected
? 2
$ env test x -o 3 -eq zz
! test: zz: bad number
? 2
$ env [ a = a
! [: missing ]
? 2

# Files
$ touch f; ln -s f l; mkdir d
$ env test -f f -a -d d -a -h l -a ! -s f && echo yes
yes
$ env test f -ef l && echo the same file
the same file
$ env test -x f; echo $?
1

# Kinds, modes, ages, words
$ echo > f
$ ln -s f l
$ ln f h
$ mkdir d
$ mkfifo p
$ : > e
$ chmod 4755 f
$ touch -d '2000-01-01 00:00:00' e
$ test -L l
$ test -h f
? 1
$ test -r f
$ test -w f
$ test -x f
$ test -x e
? 1
$ test -s e
? 1
$ test -s f
$ test -b f
? 1
$ test -c /dev/null
$ test -p p
$ test -S p
? 1
$ test -u f
$ test -g f
? 1
$ test -k /tmp
$ test -O f
$ test -G f
$ test -t 0
? 1
$ test e -ot f
$ test e -nt f
? 1
$ test f -ef h
$ test f -ef e
? 1
$ test -z ''
$ test -z a
? 1
$ test -n ''
? 1
$ test -n a
$ test 1 -ne 2
$ test 2 -ge 2
$ test 1 -ge 2
? 1
$ test a == a
$ test a = b
? 1
$ test a != b
$ test a \< b
$ test a \> b
? 1
$ test -d l
? 1
$ test -f l
$ test -e nox
? 1
$ test
? 1
$ test ''
? 1
$ test a
$ test ! a
? 1
$ test ! ''
$ test a -a b
$ test a -a ''
? 1
$ test '' -o b
$ test \( a \)
$ test 1 -eq x
! sh: x: bad number
? 2
$ test 1 -eq
! sh: -eq: argument expected
? 2
$ test a b
! sh: b: unknown operand
? 2
$ test a b c
! sh: b: unknown operand
? 2
$ test a b c d
! sh: b: unknown operand
? 2
$ test -f
$ test = 
$ test ! = !
$ [ a
! sh: missing ]
? 2
$ [ a ]
$ [ 
! sh: missing ]
? 2
$ test 010 -eq 10
$ test ' 5' -eq 5
$ test 5x -eq 5
! sh: 5x: bad number
? 2
$ test 99999999999999999999 -eq 1
! sh: 99999999999999999999: out of range
? 2
$ test -1 -lt 0

# What is not there is not older
$ echo > f
$ test nox -ef nox
? 1
$ test -o b
! sh: b: unknown operand
? 2
$ test -n -a

# Neither older nor newer than nothing
$ echo > f
$ test nox -ot f
? 1
$ test f -nt nox
? 1
$ test nox -nt f
? 1
$ test f -ot nox
? 1
$ [ nox -ot f ]
? 1
$ [ ! nox -ot f ]

# There is no -a FILE
$ test -a a
? 1
~ differs: busybox has no unary -a
$ test -a =
? 1
~ differs: busybox has no unary -a

# Three words in parentheses
$ test '(' -a -a -a ')'; echo $?; test ! '(' -a -a '' ')'; echo $?; test '(' '' -o -a ')'; echo $?; test '(' a = b ')'; echo $?
0
0
0
1
