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
