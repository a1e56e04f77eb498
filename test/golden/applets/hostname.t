# A file that is not there
$ hostname -F nosuch
! hostname: can't open 'nosuch': No such file or directory
? 1

# Its forms
$ hostname -z
! hostname: invalid option -- 'z'
! Usage
? 1

# Its parts
~ full
$ hostname -z
! hostname: invalid option -- 'z'
! Usage
? 1
$ hostname -F nox
! hostname: can't open 'nox': No such file or directory
? 1
