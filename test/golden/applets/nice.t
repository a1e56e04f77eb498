# One priority
$ nice; nice -n 5 echo hi; nice nosuch
0
hi
! nice: can't execute 'nosuch': No such file or directory
? 127
~ differs: Debian's busybox leaves this command out
