# Variables set, removed, none at all
$ env -i A=1 B=2 env
A=1
B=2
$ A=1 B=2 env -u A sh -c 'echo ${A-none} $B'
none 2
$ env -i -0 A=1 B=2 | tr '\000' '|'; echo
A=1|B=2|
$ env - A=b
A=b

# A program that is not there
$ env nosuch
! env: can't execute 'nosuch': No such file or directory
? 127
$ touch f; env ./f
! env: can't execute './f': Permission denied
? 126
$ env -i A=1 /tmp
! env: can't execute '/tmp': Permission denied
? 126
