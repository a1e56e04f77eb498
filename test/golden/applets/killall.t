# All of a name
$ sleep 9 & p=$!; sleep 0.1; killall sleep; wait $p 2>/dev/null; echo $?
143
$ killall nosuch nos2
! killall: nosuch: no process killed
! killall: nos2: no process killed
? 2
$ killall -q nosuch
? 1
$ killall -FOO x
! killall: bad signal name 'FOO'
? 1
$ killall
! killall: you need to specify whom to kill
? 1
