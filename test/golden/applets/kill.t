# Names and numbers of signals
$ env kill -l 9 15 137 TERM 0
KILL
TERM
KILL
15
EXIT
$ env kill -l foo
! kill: unknown signal 'foo'
? 1
$ env kill -l | tail -2
30) PWR
31) SYS

# Whom
$ sleep 9 & env kill $!; wait $! 2>/dev/null; echo $?
143
$ sleep 9 & env kill -KILL $!; wait $! 2>/dev/null; echo $?
137
$ env kill 99999999
! kill: can't kill pid 99999999: No such process
? 1
$ env kill -FOO 1
! kill: bad signal name 'FOO'
? 1
$ env kill abc 99999999
! kill: invalid number 'abc'
! kill: can't kill pid 99999999: No such process
? 2
$ env kill
! kill: you need to specify whom to kill
? 1

# Signals by number and name
$ kill -l 9
KILL
$ kill -l TERM
15
$ kill -l 137
KILL
$ kill -l | head -n 3
 1) HUP
 2) INT
 3) QUIT
$ kill -0 $$
$ kill 99999
! sh: can't kill pid 99999: No such process
? 1
$ kill -JUNK 1
! sh: bad signal name 'JUNK'
? 1
$ kill
! sh: you need to specify whom to kill
? 1
$ kill x
! sh: invalid number 'x'
? 1

# By -s
$ yes > /dev/null & kill -s TERM $!; wait $! 2>/dev/null; echo "$?"
143
$ yes > /dev/null & kill -s 9 $!; wait $! 2>/dev/null; echo "$?"
137
$ kill -s JUNK 1
! sh: bad signal name 'JUNK'
? 1
