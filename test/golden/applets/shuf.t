# The same lines, in some order
$ seq 100 | shuf | sort -n | md5sum; seq 100 | md5sum; shuf -i 5-9 | sort; shuf -e a b c | sort; shuf -n 2 -i 1-50 | wc -l; shuf -i 1-3 -n 0; shuf -z -e a b | tr '\0' '\n' | sort; shuf -o out -i 1-2; sort out; rm out
d632eba71107bf7bc3ec423eab256d78  -
d632eba71107bf7bc3ec423eab256d78  -
5
6
7
8
9
a
b
c
2
a
b
1
2
$ printf 'a\nb' > f; shuf f | sort; shuf -i 3-1; echo $?; shuf nox; echo $?; shuf -e a -i 1-2 2>&1 | sed -n '/Usage/s/ .*//p'
a
b
1
1
Usage:
! shuf: bad range '3-1'
! shuf: nox: No such file or directory

# Of both
~ full
$ shuf -e a -i 1-2
! Usage
? 1
$ shuf -n 1 -e a
a
$ shuf -i 3-1
! shuf: bad range '3-1'
? 1
$ shuf nox
! shuf: nox: No such file or directory
? 1
$ shuf -n x
! shuf: invalid number 'x'
? 1
$ shuf -i x
! shuf: bad range 'x'
? 1
$ shuf -i 1
! shuf: bad range '1'
? 1
