# Limits are lowered for the shell and its children, and not raised again
$ ulimit -n 100; ulimit -n; ulimit -Hn; ulimit -n 200; echo $?; ulimit -n
100
100
1
100
! sh: error setting limit: Operation not permitted
$ ulimit -n 300; ulimit -Sn 50; ulimit -n; ulimit -Hn; ulimit -Sn 200; ulimit -n; ulimit -Hn 100
50
300
200
! sh: error setting limit: Invalid argument
? 1
$ (ulimit -n 70); sh -c 'ulimit -n 60; sh -c "ulimit -n"'
60
$ ulimit -c 100; ulimit -c; ulimit -t 100 -s 200; ulimit -s; ulimit -t; ulimit -f; ulimit 5; ulimit
100
200
100
unlimited
5
$ ulimit -t -f; ulimit -t 7 -f 8; ulimit -ft
cpu time (seconds)              (-t) unlimited
file size (blocks)              (-f) unlimited
! sh: invalid number 't'
? 1
$ ulimit -n abc; echo $?; ulimit -p; echo $?; ulimit -n -5
1
1
! sh: invalid number 'abc'
! ulimit: invalid option -- 'p'
! ulimit: invalid option -- '5'
? 1

# Open files
$ ulimit -n 6; exec 3</dev/null 4</dev/null 5</dev/null; echo ok; exec 6</dev/null; echo no
ok
! sh: can't open /dev/null: Too many open files
? 1

# File size: SIGXFSZ, or EFBIG when that is ignored
$ (ulimit -f 1; head -c 2000 /dev/zero > f; echo $?); wc -c < f
153
512
! File size limit exceeded
$ ulimit -f 1; trap '' XFSZ; dd if=/dev/zero of=f bs=2000 count=1 2>/dev/null; echo $?; wc -c < f
1
512
$ ulimit -f 1; trap '' XFSZ; truncate -s 1000 f 2>/dev/null; echo $?; wc -c < f
1
512
$ (ulimit -f 1; (echo x; head -c 1000 /dev/zero | cat; echo y) > f; echo $?); wc -c < f
153
512
! File size limit exceeded
! File size limit exceeded

# CPU time
$ (ulimit -t 1; while :; do :; done); echo $?
137
! Killed
$ sh -c 'ulimit -St 1; trap "echo enough; exit 3" XCPU; while :; do :; done'
enough
? 3
