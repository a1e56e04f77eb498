# The output goes where it went
$ nohup echo hi
hi
~ differs: Debian's busybox leaves this command out
$ nohup nosuch
! nohup: can't execute 'nosuch': No such file or directory
? 127
~ differs: Debian's busybox leaves this command out
