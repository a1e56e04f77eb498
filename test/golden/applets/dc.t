# Arithmetic
$ dc -e '1 2 + p 3 * p 5 k 10 3 / p 2 100 ^ p 10 3 % p'
3
9
3.33333
1267650600228229401496703205376
.00001
$ dc -e '10 3 ~ f'
1
3
$ dc -e '2 v p 10 k 2 v p 16 v p'
1
1.4142135623
4.0000000000
$ dc -e '3 5 7 | p _3 5 7 | p'
5
-5
$ dc -e '_5 p 5 _3 * p .5 p 1.5.2 f'
-5
-15
.5
.2
1.5
.5
-15
-5
$ dc -e '4 k 10 _3 ^ p 2 _1 ^ p 0 0 ^ p'
.0010
.5000
1
$ dc -e '1 0 /'
! dc: divide by zero
? 1
$ dc -e '+'
! dc: stack has too few elements
? 1
$ dc -e '_1 v'
! dc: negative number
? 1
$ dc -e '2 .5 ^ p'
! dc: not an integer
? 1
$ dc -e '2 300 ^ p'
203703597633448608626844568840937816105146839366593625063614044935438\
1299763336706183397376
$ dc -e '5 1 G p 5 5 G p 5 5 ( p 4 5 ( p 4 5 { p 3 N p 0 N p'
0
1
0
0
0
0
1

# Bases and settings
$ dc -e '16 i FF p'
255
$ dc -e '16 o 255 p 2 o 10 p 100 o 12345 p'
FF
1010
 01 23 45
$ dc -e '5 k K p I p O p'
5
10
10
$ dc -e '0 i'
! dc: bad ibase; must be [2,16]
? 1
$ dc -e '1 o'
! dc: bad obase; must be [2,999]
? 1
$ dc -e '_1 k'
! dc: negative number
? 1
$ dc -e 'FF p A p'
99
10
$ dc -e '1000 o 5 p'
! dc: bad obase; must be [2,999]
? 1

# The stack
$ dc -e '1 2 3 f'
3
2
1
$ dc -e '1 2 r f'
1
2
$ dc -e '5 6 7 c f 1 p'
1
$ dc -e '1 2 d f'
2
2
1
$ dc -e 'z p 1 2 3 z p'
0
4
$ dc -e '10 Z p 1.234 X p [abcd] Z p 0.000 Z p'
2
3
4
1
$ dc -e 'p'
! dc: stack has too few elements
? 1
$ dc -e 'd'
! dc: stack has too few elements
? 1
$ dc -e '[abc] X'
! dc: variable is wrong type
? 1

# Texts and registers
$ dc -e '[hello]p [a]P 65 P 10 P'
hello
aA
$ dc -e '[1p]x'
1
$ dc -e '5 sa la p la 1 + Sa la p La p la p'
5
6
6
5
$ dc -e '[la 1 + d sa p 5 >b]sb 0 sa lb x'
1
2
3
4
5
$ dc -e '[1p]sa [2p]sb 1 2>a 9p'
1
9
$ dc -e '[1p]sa [2p]sb 2 1>aeb 9p'
2
9
$ dc -e '[5p]sa 1 1 =a 1 2 !=a 1 2 !<a 2 1 !<a 2 1 !>a'
5
5
5
5
$ dc -e '[q]x 5p'
$ dc -e '[[1Q 3p]x 4p]x 5p'
4
5
$ dc -e '[[[q 3p]x 4p]x 6p]x 5p'
6
5
$ dc -e '3 2 :a 2 ;a p 9 ;a p'
3
0
$ dc -e '97 a p [abc] a p'
a
a
$ dc -e '42 x f'
42
$ dc -e '2 3 >a'
! dc: variable is wrong type
? 1
$ dc -e 'Lz'
! dc: stack has too few elements
? 1
$ dc -e '[a'
! dc: unterminated string
? 1
$ dc -e ']'
! dc: bad character ']'
? 1
$ dc -e '!ls'
! dc: bad character '!'
? 1
$ dc -e 'y'
! dc: bad character 'y'
? 1
$ dc -e '1 1 ='
! dc: bad token at '='
? 1
$ dc -e '# c
! sh: syntax error: unterminated quoted string
? 2

# Where it reads
< prog
1 2 + p
< more
1?2
f
$ echo '10 20+p' | dc
30
$ dc -f prog
3
$ dc prog
3
$ dc -e10 -e20+p
30
$ printf '[a\nb]p\n' | dc
a
b
$ echo 9 | dc -f more
2
9
1
$ dc missing
! dc: can't open 'missing': No such file or directory
? 1
$ printf '1 0 /\n5p\n' | dc
! dc: divide by zero
? 1
$ dc -x -e '5 s long l long p'
5
