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

# The list, and what is not there
$ killall -l | head -n 2
 1) HUP
 2) INT
$ killall nosuchcommand
! killall: nosuchcommand: no process killed
? 1
$ killall -q nosuchcommand
? 1
$ killall
! killall: you need to specify whom to kill
? 1
$ yes > /dev/null & killall yes; wait $! 2>/dev/null; echo "$?"
143
$ yes > /dev/null & killall -9 yes; wait $! 2>/dev/null; echo "$?"
137
$ yes > /dev/null & killall -q nosuch yes; wait $! 2>/dev/null; echo "$?"
143
