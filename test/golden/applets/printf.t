# The format is used until the operands are
$ env printf '%d %s\n' 1 a 2 b
1 a
2 b
$ env printf 'x\n' a b
x
$ env printf '%s|%-4s|%4s|\n' a b c
a|b   |   c|

# Numbers
$ env printf '%5.2f|%06d|%+d|%x|%#o|%u\n' 3.14159 42 5 255 8 -1
 3.14|000042|+5|ff|010|18446744073709551615
$ env printf '%d %d %d %d\n' 0x1f 010 "'a" ' 5'
31 8 97 5
$ env printf '%e %g %G\n' 1234.5 0.00001 1e10
1.234500e+03 1e-05 1E+10
$ env printf '%.0f %.0f %.2f %.1f\n' 0.5 1.5 0.125 0.25
0 2 0.12 0.2
$ env printf '%*d|%-*d|\n' 5 3 4 2
    3|2   |
$ env printf '%d\n' 12abc
0
! printf: invalid number '12abc'
? 1
$ env printf '%d %d\n' 1
1 0
! printf: invalid number ''
? 1

# Escapes
$ env printf 'a\tb\101\x41\q\n'
a	bAA\q
$ env printf '%b|\n' 'a\tb\0101'
a	bA|
$ env printf 'a\cb'; echo
a
$ env printf '%q\n' a
! printf: %q\n: invalid format
? 1

# Widths and precisions count bytes
$ printf '%4s|%-4s|%.2s|%3c|\n' é é éé aé
  é|é  |é|  a|

# What is no number is 0
$ env printf '%d %d %u|\n' 123bad 9223372036854775808 99999999999999999999
0 0 0|
! printf: invalid number '123bad'
! printf: invalid number '9223372036854775808'
! printf: invalid number '99999999999999999999'
? 1
$ env printf '%f %f\n' 0x1.8p1 ''
3.000000 0.000000
$ env printf '%*s|\n' 010 a
         a|
$ env printf '%g\n' 1e400
inf
! printf: invalid number '1e400'
? 1

# A width that is missing
$ printf '%*sx\n'; printf '%.*sx\n'; printf '%*sx\n' 3
x
x
   x
