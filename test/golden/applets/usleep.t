# Microseconds
$ usleep 10 && echo awake
awake
$ usleep x
! usleep: invalid number 'x'
? 1
