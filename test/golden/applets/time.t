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

# Told, kept, added
$ time -o t true
$ wc -l < t
3
$ time -a -o t true
$ wc -l < t
6
$ time -p true 2>&1 | cut -d ' ' -f 1
real
user
sys
$ time -f '%x %C' false a
! Command exited with non-zero status 1
! 1 false a
? 1
$ time -v true 2>&1 | head -n 1
	Command being timed: "true"
$ time -o t -f '%C' sh -c 'exit 3'
? 3
$ cat t
Command exited with non-zero status 3
sh -c exit 3
$ time
! Usage
? 1

# What it cannot run
~ full
$ time -f '%x' nosuch
! time: can't execute 'nosuch': No such file or directory
! Command exited with non-zero status 127
! 127
? 127
$ time -f '%C' true a b
! true a b
$ time -o t -f x true
$ cat t
x
$ time -a -o t -f y true
$ cat t
x
y
