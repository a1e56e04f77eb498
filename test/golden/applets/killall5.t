# Signals and options that are none
$ killall5 -l | head -3; killall5 -l 9 TERM
 1) HUP
 2) INT
 3) QUIT
KILL
15
$ killall5 -x; killall5 -FOO
! killall5: bad signal name 'x'
! killall5: bad signal name 'FOO'
? 1

# All but this session and init
$ sleep 100 & setsid sleep 200 & sleep 0.1; killall5 -o 9999; echo $?; pidof sleep | wc -w; jobs -l | grep -c Running
0
2
1
~ differs: the real one would end this machine
