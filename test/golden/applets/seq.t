# One, two or three numbers
$ seq 3
1
2
3
$ seq 2 4
2
3
4
$ seq 1 2 6
1
3
5
$ seq 5 -2 1
5
3
1
$ seq 3 1

# Fractions keep their places
$ seq 1 0.5 2
1.0
1.5
2.0
$ seq 1.50 2.25 6
1.50
3.75
6.00

# Separators and leading zeros
$ seq -s , 1 3
1,2,3
$ seq -w 8 11
08
09
10
11
$ seq -w 1 0.25 1.5
1.00
1.25
1.50

# Hexadecimal, and widths as typed
$ seq 0x3
1
2
3
$ seq -w 1e1 11
010
011
$ seq 0.5 0x3
0.5
1.5
2.5

# The width of the increment counts
$ seq -w 1 100 3
001
