# Octal words, characters, hexadecimal bytes
$ echo hello | od
0000000 062550 066154 005157
0000006
$ echo hello | od -c
0000000   h   e   l   l   o  \n
0000006
$ echo hello | od -A x -t x1
000000 68 65 6c 6c 6f 0a
000006
$ echo hello | od -t d2 -t c
0000000  25960  27756   2671
          h   e   l   l   o  \n
0000006

# Lines that repeat are folded
$ head -c 64 /dev/zero | od -A d -t x1
0000000 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
*
0000064
$ head -c 64 /dev/zero | od -v -A d -t x1
0000000 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000016 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000032 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000048 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
0000064

# A part
< words
zeta
alpha
mu
$ od -j 4 -N 3 -c words
0000004  \n   a   l
0000007

# Strings
$ printf 'ab\0hello\0' | od -S 3
0000003 hello
