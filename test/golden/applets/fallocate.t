# At least so long
$ fallocate -l 10 f; wc -c f; fallocate -l 5 -o 10 f; wc -c f; fallocate -l 1 f; wc -c f
10 f
15 f
15 f
$ fallocate -l 1k g; wc -c g
1024 g
$ fallocate -l x f
! fallocate: invalid number 'x'
? 1
$ fallocate -l 1k /nosuch/f
! fallocate: can't open '/nosuch/f': No such file or directory
? 1
$ fallocate -l 0 f
! fallocate: fallocate 'f': Invalid argument
? 1
