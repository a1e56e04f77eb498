# What is mounted
$ mountpoint /proc; mountpoint /; mountpoint /tmp
/proc is a mountpoint
/ is a mountpoint
/tmp is not a mountpoint
? 1
~ differs: Debian's busybox leaves this command out
$ mountpoint -q /tmp
? 1
~ differs: Debian's busybox leaves this command out
$ mountpoint nosuch
! mountpoint: nosuch: No such file or directory
? 1
~ differs: Debian's busybox leaves this command out
