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

# Keys, ties and directions together
< mixed
b 10 x
a 9 y
b 10 a
c -3 z
a 9 b
d 1e1 q
e info r
f  7 s
$ sort mixed
a 9 b
a 9 y
b 10 a
b 10 x
c -3 z
d 1e1 q
e info r
f  7 s
$ sort -r mixed
f  7 s
e info r
d 1e1 q
c -3 z
b 10 x
b 10 a
a 9 y
a 9 b
$ sort -n mixed
a 9 b
a 9 y
b 10 a
b 10 x
c -3 z
d 1e1 q
e info r
f  7 s
$ sort -k2,2 mixed
f  7 s
c -3 z
b 10 a
b 10 x
d 1e1 q
a 9 b
a 9 y
e info r
$ sort -k2,2n mixed
c -3 z
f  7 s
a 9 b
a 9 y
b 10 a
b 10 x
d 1e1 q
e info r
$ sort -k2,2nr mixed
e info r
b 10 a
b 10 x
d 1e1 q
a 9 b
a 9 y
f  7 s
c -3 z
$ sort -k2n -s mixed
c -3 z
f  7 s
a 9 y
a 9 b
b 10 x
b 10 a
d 1e1 q
e info r
$ sort -k1,1 -k2,2nr mixed
a 9 b
a 9 y
b 10 a
b 10 x
c -3 z
d 1e1 q
e info r
f  7 s
$ sort -u -k1,1 mixed
a 9 b
b 10 a
c -3 z
d 1e1 q
e info r
f  7 s
$ sort -u -k2,2n mixed
c -3 z
f  7 s
a 9 b
b 10 a
e info r
$ sort -k3 -r mixed
c -3 z
a 9 y
b 10 x
f  7 s
e info r
d 1e1 q
a 9 b
b 10 a
$ sort -k2b,2 mixed
c -3 z
b 10 a
b 10 x
d 1e1 q
f  7 s
a 9 b
a 9 y
e info r
$ sort -k1.1,1.1 -k3,3r mixed
a 9 y
a 9 b
b 10 x
b 10 a
c -3 z
d 1e1 q
e info r
f  7 s
$ sort -t' ' -k2,2 mixed
f  7 s
c -3 z
b 10 a
b 10 x
d 1e1 q
a 9 b
a 9 y
e info r
$ printf 'b\na\n\na\n' | sort -u

a
b
$ printf '10\n9\n-5\n0.5\n\n1e2\n' | sort -n
-5

0.5
9
10
1e2
$ printf '10\n9\n-5\n0.5\n-0\n0\n' | sort -nr
10
9
0.5
0
-0
-5
$ printf 'MAR\nJAN\nfoo\nFEB\n' | sort -M
foo
JAN
FEB
MAR
$ printf 'a\0c\0b\0' | sort -z | tr '\0' ','; echo
a,b,c,
$ printf 'é\nz\ne\n' | sort
e
z
é
$ printf 'x\303\251 2\ny 1\n' | sort -k2
y 1
xé 2

# More than -S holds goes through files in -T, of which nothing is left
$ seq 1 30000 | sort -S 64K -T /tmp -r | head -3; ls /tmp | grep -c '^sort'
9999
9998
9997
0
? 1
$ seq 1 30000 | sort -S 100000b -n | md5sum; seq 1 30000 | md5sum
0a61f0919f546ce04fc119b028b88a2e  -
0a61f0919f546ce04fc119b028b88a2e  -
$ i=0; while [ $i -lt 9000 ]; do echo "line $((i % 7)) $i"; i=$((i+1)); done > many; sort -S 1b -k2,2 -s many | md5sum
2bbca06c164017c14f747443486fe6a9  -
$ sort -S 64K -u -k2,2 many
line 0 0
line 1 1
line 2 100
line 3 10
line 4 1005
line 5 1006
line 6 1000

# Blanks, letters, months, unique by key
$ printf ' b\na\n  c\nB\n' > f
$ sort -b f
B
a
 b
  c
$ sort -f f
  c
 b
a
B
$ sort -d f
  c
 b
B
a
$ sort -i f
  c
 b
B
a
$ sort -r f
a
B
 b
  c
$ sort -u f
  c
 b
B
a
$ sort -fu f
  c
 b
a
B
$ sort -s -f f
  c
 b
a
B
$ printf 'MAR\nJan\nfeb\nx\n' | sort -M
x
Jan
feb
MAR
$ sort -m f f
  c
  c
 b
 b
B
B
a
a
$ sort -S 1M f
  c
 b
B
a
$ sort -T . f
  c
 b
B
a
$ printf '10 a\n9 b\n9 a\n' > g
$ sort -n g
9 a
9 b
10 a
$ sort -k 2 g
10 a
9 a
9 b
$ sort -k 2,2 -k 1n g
9 a
10 a
9 b
$ sort -k1.1,1.1 g
10 a
9 a
9 b
$ sort -nr g
10 a
9 b
9 a
$ sort -n -u g
9 a
10 a
$ sort -g g
9 a
9 b
10 a
$ sort -V g
9 a
9 b
10 a
$ sort -t ' ' -k 2r g
9 b
10 a
9 a
$ sort -o f f
$ cat f
  c
 b
B
a
$ sort -c f
$ sort -c g
! Check line 2
? 1
$ sort -C g
! sort: invalid option -- 'C'
! Usage
? 2
$ printf 'b\0a\0' | sort -z | od -c
0000000   a  \0   b  \0
0000004
$ sort nox
! sort: nox: No such file or directory
? 2
$ sort -k x g
! sort: bad field specification
? 2
$ sort -k 0 g
! sort: bad field specification
? 2
$ sort -t ab g
! sort: bad -t parameter
? 2
$ sort -k 1,0 g
! sort: bad field specification
? 2

# Of human sizes, at random
~ full
$ printf '2K\n1M\n3\n10K\n' > f
$ sort -h f
3
2K
10K
1M
$ sort -hr f
1M
10K
2K
3
$ printf 'a\nb\n' | sort -R | sort
! sort: invalid option -- 'R'
! Usage
$ sort --parallel=2 f
! sort: unrecognized option '--parallel=2'
! Usage
? 2
$ sort -k 1h f
3
2K
10K
1M

# Versions in either case; one way to compare
$ printf 'b\na\nB2\nb1\n' | sort -fV
a
b
b1
B2
$ printf 'b\na\n' | sort -g -M
! sort: unknown sort type
? 2

# Characters count from 1; -g has NaN before minus infinity; one -o
$ echo a > f; sort -k1.0 f; sort -k1,1.0 f; printf '%s\n' 1 -inf x NaN | sort -g; sort -o x -o y f; sort -S nothing f
x
NaN
-inf
1
a
! sort: bad field specification
! sort: bad field specification
! Usage
