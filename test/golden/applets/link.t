# Two names
$ echo hi > a; link a b; cat b
hi
$ link a b
! link: can't create hardlink 'b' to 'a': File exists
? 1
$ link nosuch c
! link: can't create hardlink 'c' to 'nosuch': No such file or directory
? 1
