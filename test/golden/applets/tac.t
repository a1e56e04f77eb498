# The last line first
< words
zeta
alpha
mu
$ tac words
mu
alpha
zeta
$ printf 'a\nb' | tac
ba

# All are opened first
$ echo a > a; echo b > b; tac missing a b other
a
b
! tac: other: No such file or directory
! tac: missing: No such file or directory
? 1
