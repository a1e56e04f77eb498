# Users and environment
$ chpst -u nobody id -u; chpst -u 55:66 id; chpst -u daemon:bin id -gn
65534
uid=55 gid=66 groups=66
bin
$ chpst -u nosuch id; chpst -u 55:66:77 id; chpst -u :5 id
! chpst: unknown user/group nosuch
! chpst: unknown user/group 55:66:77
! chpst: unknown user/group :5
? 1
$ chpst -U daemon:bin env | grep -E '^.ID='; chpst -U 55:66 sh -c 'echo $UID $GID; id -u'
GID=2
UID=1
55 66
0
$ mkdir ed; echo val > ed/VAR; : > ed/HOME; chpst -e ed sh -c 'echo $VAR; echo ${HOME-unset}'; rm -r ed
val
unset
$ chpst -e nodir true
! chpst: can't change directory to 'nodir': No such file or directory
? 1
$ chpst -/ /nodir true
! chpst: can't change root directory to '/nodir': No such file or directory
? 1
$ chpst
! Usage
? 1

# Limits, descriptors, sessions
$ chpst -v -o 50 -p 20 -f 1024 -c 1024 -d 1024000 sh -c 'ulimit -n; ulimit -p; ulimit -f; ulimit -c; ulimit -d'
50
2
2
1000
! ulimit: invalid option -- 'p'
$ chpst -m 4096000 sh -c 'ulimit -d; ulimit -s; ulimit -l; ulimit -v'
4000
4000
4000
4000
$ chpst -n 5 echo nice
nice
$ chpst -0 -1 -2 true; echo $?
0
$ chpst -P sh -c 'test $$ = $(cut -d" " -f5 /proc/$$/stat) && echo leads'
leads
$ chpst -o x true; chpst nosuchprog
! chpst: invalid number 'x'
! chpst: can't execute 'nosuchprog': No such file or directory
? 127
