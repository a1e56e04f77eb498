# Its folder
$ crond -f -c nodir
! crond: can't change directory to 'nodir': No such file or directory
? 1
