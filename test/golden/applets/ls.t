# One name a line where there is no terminal, columns when asked
$ mkdir d; touch a bb ccc .h d/x; ls; ls -a; ls -A d; ls -C; ls -x -w 9; ls -C -w 7; ls -m 2>&1 | head -1
a
bb
ccc
d
.
..
.h
a
bb
ccc
d
x
a    bb   ccc  d
a
bb
ccc
d
a
bb
ccc
d
ls: invalid option -- 'm'
$ ls nosuch a
a
! ls: nosuch: No such file or directory
? 1
$ ls d nosuch a
a

d:
x
! ls: nosuch: No such file or directory
? 1
$ ls -d d; ls -R; ls d a d
d
.:
a
bb
ccc
d

./d:
x
a

d:
x

d:
x

# Marks
$ mkdir d; touch f x; chmod +x x; ln -s d l; ln -s nosuch b; mkfifo p; ls -F; ls -p; ls -1 l; ls -Fd l; ls -LF
b@
d/
f
l@
p|
x*
b
d/
f
l
p
x
l@
d/
f
l/
p|
x*
! ls: ./b: No such file or directory
? 1

# Orders
$ echo 1 > a1; echo 22 > a10.c; echo 333 > a2.b; touch -d '2020-01-01 00:00:00' a10.c; touch -d '2021-01-01 00:00:00' a1; ls -r; ls -S; ls -t; ls -X; ls -v; ls -tr; ls -Sr
a2.b
a10.c
a1
a2.b
a10.c
a1
a2.b
a1
a10.c
a1
a2.b
a10.c
a1
a2.b
a10.c
a10.c
a1
a2.b
a1
a10.c
a2.b
$ mkdir zd; ls --group-directories-first; for f in a10.c a2.b zd; do touch -a -d '2001-01-01 00:00:00' $f; done; touch -a -d '2000-01-01 00:00:00' a1; touch -a -d '2002-01-01 00:00:00' zd; ls -u; ls -tu
zd
a1
a10.c
a2.b
zd
a10.c
a2.b
a1
zd
a10.c
a2.b
a1

# Long
$ echo hello > f; chmod 640 f; chown daemon:sys f; touch -d '2020-02-03 04:05:06' f; ls -l f; ls -n f; ls -g f 2>&1 | head -1; ls -l --full-time f
-rw-r-----    1 daemon   sys              6 Feb  3  2020 f
-rw-r-----    1 1        3                6 Feb  3  2020 f
-rw-r-----    1 sys              6 Feb  3  2020 f
-rw-r-----    1 daemon   sys              6 2020-02-03 04:05:06 +0000 f
$ ls -lh f; truncate -s 1536 f; touch -d '2020-02-03 04:05:06' f; ls -lh f; truncate -s 15360000 f; touch -d '2020-02-03 04:05:06' f; ls -lh f
-rw-r-----    1 daemon   sys            6 Feb  3  2020 f
-rw-r-----    1 daemon   sys         1.5K Feb  3  2020 f
-rw-r-----    1 daemon   sys        14.6M Feb  3  2020 f
$ ln -s f s; touch -h -d '2020-02-03 04:05:06' s; ls -l s; ls -lL s; chmod 0 f; ls -l f; chown 1234:5678 f; ls -l f
lrwxrwxrwx    1 root     root             1 Feb  3  2020 s -> f
-rw-r-----    1 daemon   sys       15360000 Feb  3  2020 s
----------    1 daemon   sys       15360000 Feb  3  2020 f
----------    1 1234     5678      15360000 Feb  3  2020 f
$ ls -l nosuch s | wc -l
1
! ls: nosuch: No such file or directory
$ mkdir q; ls -l q; ls -ls q; ls -s q
total 0
total 0
total 0

# Colours
$ mkdir d; touch f x; chmod +x x; ln -s f l; mkfifo p; ls --color=always | od -c; ls --color=never; ls --color=auto
0000000 033   [   1   ;   3   4   m   d 033   [   m  \n 033   [   0   ;
0000020   0   m   f 033   [   m  \n 033   [   1   ;   3   6   m   l 033
0000040   [   m  \n 033   [   0   ;   3   5   m   p 033   [   m  \n 033
0000060   [   1   ;   3   2   m   x 033   [   m  \n
0000073
d
f
l
p
x
d
f
l
p
x

# Links, inodes, order, quotes
$ mkdir d
$ echo 1 > d/a
$ echo 22 > d/B
$ ln -s a d/l
$ mkfifo d/p
$ chmod +x d/a
$ ls -H d
B
a
l
p
$ ls -F d
B
a*
l@
p|
$ ls -p d
B
a
l
p
$ ls -c d | sort
B
a
l
p
$ ls -Q d
"B"
"a"
"l"
"p"
$ ls -1 d
B
a
l
p
$ ls -m d
! ls: invalid option -- 'm'
! Usage
? 1
$ ls -a d
.
..
B
a
l
p
$ ls -A d
B
a
l
p
$ ls -S d | head -n 1
B
$ ls -r d
p
l
a
B
$ ls -i d | awk '{print $2}'
B
a
l
p
$ ls -k d
B
a
l
p
$ ls -d d
d
$ ls -R
.:
d

./d:
B
a
l
p
$ touch -d '2000-01-01 00:00:00' d/a
$ chown 3:4 d/B
$ ls -ln d/a d/B | cut -c 1-30
-rw-r--r--    1 3        4    
-rwxr-xr-x    1 0        0    
$ ls -l d/a
-rwxr-xr-x    1 root     root             2 Jan  1  2000 d/a
$ ls -lh d/a
-rwxr-xr-x    1 root     root           2 Jan  1  2000 d/a
$ ls -l --full-time d/a
-rwxr-xr-x    1 root     root             2 2000-01-01 00:00:00 +0000 d/a
$ ls -le d/a
! ls: invalid option -- 'e'
! Usage
? 1
$ ls -lg d/a
-rwxr-xr-x    1 root             2 Jan  1  2000 d/a
$ ls -s d | head -n 1 | cut -c 1-5
total
$ ls -x d
B  a  l  p
$ ls -C -w 20 d
B  a  l  p
$ ls -X d
B
a
l
p
$ ls -v d
B
a
l
p
$ ls -t d | tail -n 1
a
$ ls nox
! ls: nox: No such file or directory
? 1
$ ls -lL d/l | cut -c 1
-
$ ls --color=always d | od -c | head -n 3
0000000 033   [   0   ;   0   m   B 033   [   m  \n 033   [   1   ;   3
0000020   2   m   a 033   [   m  \n 033   [   1   ;   3   6   m   l 033
0000040   [   m  \n 033   [   0   ;   3   5   m   p 033   [   m  \n

# As they lie
~ full
$ mkdir d
$ : > d/b
$ : > d/a
