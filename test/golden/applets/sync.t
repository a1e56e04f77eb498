# Nothing to see
$ sync; sync /etc/passwd; echo $?
0
$ sync nosuch
! sync: can't open 'nosuch': No such file or directory
? 1

# Of files
$ echo > f
$ sync
$ sync f
$ sync -d f
$ sync -f f
$ sync nox
! sync: can't open 'nox': No such file or directory
? 1
$ sync -d

# Not both
$ echo > f
$ sync -d -f f
! Usage
? 1
$ sync -df
! Usage
? 1
$ sync -f
$ sync nox f
! sync: can't open 'nox': No such file or directory
? 1
