# Started in place, found, stopped
$ start-stop-daemon -S -x echo -- hi there; start-stop-daemon -S -a echo hi; start-stop-daemon -S -x false; echo $?; start-stop-daemon -S -x nosuch; echo $?
$ start-stop-daemon -S -b -m -p pid -x sleep -- 100; sleep 0.2; start-stop-daemon -K -t -p pid; echo $?; start-stop-daemon -S -x sleep -p pid -- 100 | head -1; start-stop-daemon -K -q -p pid; echo $?; sleep 0.2; start-stop-daemon -K -p pid; echo $?; start-stop-daemon -K -o -p pid; echo $?; start-stop-daemon -K -q -n nosuchname; echo $?
$ start-stop-daemon -K -s FOO -n x; echo $?; start-stop-daemon -S -c nobody -x id -- -u; start-stop-daemon -S -N 5 -x true; echo $?
