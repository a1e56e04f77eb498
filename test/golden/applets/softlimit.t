# Limits of a program
$ softlimit -o 50 -a 200000000 -f 51200 sh -c 'ulimit -n; ulimit -v; ulimit -f'
50
195312
100
$ softlimit -m 4000000 sh -c 'ulimit -d; ulimit -s; ulimit -l; ulimit -v'
3906
3906
3906
3906
$ softlimit -t 3 -r 100000 -l 5000 -c 0 -p 30 -d 1000000 -s 2000000 sh -c 'ulimit -t; ulimit -m; ulimit -l; ulimit -c; ulimit -p; ulimit -d; ulimit -s; ulimit -H -t'
3
97
4
0
976
1953
unlimited
! ulimit: invalid option -- 'p'
$ softlimit -f 1024 sh -c 'head -c 2000 /dev/zero > big'; stat -c %s big; rm big
1024
! File size limit exceeded
$ softlimit -o x true; softlimit -o = true; softlimit -o 99999999999 true
! softlimit: invalid number 'x'
! softlimit: invalid number '='
! softlimit: invalid number '99999999999'
? 1
$ softlimit
! Usage
? 1
$ softlimit -o 20 nosuch
! softlimit: can't execute 'nosuch': No such file or directory
? 127
