# Nobody is logged in
$ users

$ users x
! Usage
? 1
