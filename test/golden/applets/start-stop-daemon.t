# Started in place, found, stopped
$ start-stop-daemon -S -x echo -- hi there; start-stop-daemon -S -a echo hi; start-stop-daemon -S -x false; echo $?; start-stop-daemon -S -x nosuch; echo $?; start-stop-daemon -S -N 0 -x true; echo $?
hi there
hi
1
1
0
! start-stop-daemon: can't execute 'nosuch': No such file or directory
$ start-stop-daemon -S -b -m -p pid -x sleep -- 100; sleep 0.2; start-stop-daemon -K -q -t -p pid; echo $?; start-stop-daemon -S -x sleep -p pid -- 100 | head -1; start-stop-daemon -S -q -o -x sleep -p pid; echo $?; start-stop-daemon -K -q -s HUP -p pid; echo $?; sleep 0.2; start-stop-daemon -K -p pid; echo $?; start-stop-daemon -K -o -v -p pid; echo $?; start-stop-daemon -K -q -n nosuchname; echo $?; start-stop-daemon -K -q -u daemon -x nosuch; echo $?
0
sleep is already running
0
0
no process in pidfile 'pid' found; none killed
1
no process in pidfile 'pid' found; none killed
0
1
1
~ differs: the box of the real one has no /proc
$ start-stop-daemon -S -c root:root -x echo -- as root
as root
