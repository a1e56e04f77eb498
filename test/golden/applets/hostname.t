# A file that is not there
$ hostname -F nosuch
! hostname: can't open 'nosuch': No such file or directory
? 1
