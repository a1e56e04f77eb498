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
$ mkdir zd; ls --group-directories-first; touch -a -d '2000-01-01 00:00:00' a1; ls -u; ls -tu
zd
a1
a10.c
a2.b
a2.b
zd
a10.c
a1
a2.b
zd
a10.c
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
