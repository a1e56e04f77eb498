# What it took
$ env time -p true 2>&1 | sed 's/[0-9]*\.[0-9]*$/N/'
real N
user N
sys N
$ env time true 2>&1 | tail -1 | sed 's/[0-9.]*s$/N/'
sys	0m N
$ env time -f '%C %x' false
! Command exited with non-zero status 1
! false 1
? 1
$ env time -f %C nosuch
! time: can't execute 'nosuch': No such file or directory
! Command exited with non-zero status 127
! nosuch
? 127
