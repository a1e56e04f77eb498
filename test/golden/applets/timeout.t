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
