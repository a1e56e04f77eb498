# Nobody has logged in
$ logname
! logname: getlogin: No such device or address
? 1
