# Nobody is logged in
$ echo hi | wall; wall /dev/null
$ wall nosuch
! wall: can't open 'nosuch': No such file or directory
? 1
