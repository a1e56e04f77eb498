# Files that are there, and are not
$ touch a; fsync a && echo safe
safe
~ differs: Debian's busybox leaves this command out
$ fsync nosuch a
! fsync: can't open 'nosuch': No such file or directory
? 1
~ differs: Debian's busybox leaves this command out
