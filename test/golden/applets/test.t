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
