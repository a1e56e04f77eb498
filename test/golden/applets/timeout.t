# In time, and too late
$ timeout 5 echo in time
in time
$ timeout 0.1 sleep 5; echo $?
143
! Terminated
$ timeout -s KILL 0.1 sleep 5; echo $?
137
! Killed
$ timeout 5 false
? 1
$ timeout 5 nosuch
! timeout: can't execute 'nosuch': No such file or directory
? 127
$ timeout x ls
! timeout: invalid number 'x'
? 1
$ timeout -s FOO 1 ls
! timeout: unknown signal 'FOO'
? 1

# Killed when it does not go
$ timeout 1 true
$ timeout 1 false
? 1
$ timeout x true
! timeout: invalid number 'x'
? 1
$ timeout
! Usage
? 1
$ timeout 1 nosuch
! timeout: can't execute 'nosuch': No such file or directory
? 127
$ timeout -s JUNK 1 true
! timeout: unknown signal 'JUNK'
? 1

# A second signal that is not needed
$ timeout -k 1 5 true
$ timeout -k 1 5 false
? 1
