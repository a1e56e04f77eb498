# Nobody has logged in
$ logname
! logname: getlogin: No such device or address
? 1
~ differs: as busybox 1.37 of musl says it
