# Nothing to see
$ sync; sync /etc/passwd; echo $?
0
$ sync nosuch
! sync: can't open 'nosuch': No such file or directory
? 1
