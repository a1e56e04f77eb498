# Its folder
$ crond -f -c nodir -d 8
! crond: can't change directory to 'nodir': No such file or directory
? 1
