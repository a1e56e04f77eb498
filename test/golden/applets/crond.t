# Its folder
$ crond -f -c nodir
! crond: can't change directory to 'nodir': No such file or directory
? 1
~ differs: the real one, built without -d, tells only the system log
