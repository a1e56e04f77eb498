# A lock around a program
$ flock l echo hi; flock -n l true; echo $?; flock l sh -c 'exit 3'; echo $?; SHELL=/bin/sh flock l -c 'echo c; exit 2'; echo $?; flock -s l echo s; flock -x l echo x
hi
0
3
c
2
s
x
$ exec 8> l; flock -n 8; echo $?; flock -n l echo no; echo $?; flock -u 8; flock -n l echo yes; flock -s 8; flock -sn l echo both; flock -n l echo no; echo $?
0
1
yes
both
1
$ flock /nox/l true; echo $?; flock l nosuchprogram; echo $?; flock 77; echo $?
1
255
1
! flock: can't open '/nox/l': No such file or directory
! flock: nosuchprogram: No such file or directory
! flock: : Bad file descriptor

# Held, not waited for
~ full
$ flock f echo x
x
$ flock -n f -c 'echo y'
y
$ flock -s f true
$ flock -u f true
$ flock -x f false
? 1
$ flock nodir/x true
! flock: can't open 'nodir/x': No such file or directory
? 1
$ flock
! Usage
? 1
$ flock 9 9> f
