# How a job was killed is said by the wait that sees it
$ sleep 9 & kill $!; wait $!; echo $?
143
! Terminated
$ sleep 9 & kill -9 $!; wait $!; wait $!; echo $?
137
! Killed
$ sleep 9 & kill $!; wait; echo $?
0
$ sleep 9 & p=$!; kill $p; sleep 0.3; wait $p; echo $?
143
$ sleep 0.4 & sleep 0.2; kill -INT $!; wait $!; echo $?
0
$ sleep 9 & kill -PIPE $!; wait $!; echo $?
141
$ (sleep 9 & kill $!; wait $!; echo $?)
143
! Terminated

# A stop is no end without job control
$ sleep 9 & kill -STOP $!; kill -9 $!; wait $!; echo $?
137
! Killed

# A job that was waited for gives its number to the next
$ sleep 9 & kill $!; wait $! 2>/dev/null; sleep 8 & kill %1; wait %1; echo $?
143
! Terminated

# A trapped signal cuts nothing off that is being printed
$ mkfifo p; (sleep 1; tail -n 1 < p) & t=$!; trap 'got=1' USR1; (sleep 0.4; kill -USR1 $$) & exec 3<>p; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done >&3; exec 3>&-; wait $t; echo "$got $i"
20000
1 20000

# A trapped signal while the next line of a script on stdin is waited for
$ (echo 'trap "echo T" USR1; (sleep 0.2; kill -USR1 $$) &'; sleep 0.6; echo 'echo hi') | sh
T
hi
$ (echo 'trap "exit 5" USR1; (sleep 0.2; kill -USR1 $$) &'; sleep 0.6; echo 'echo hi') | sh; echo $?
5
$ (echo 'if :; then'; seq 3000 | sed 's/.*/: &/'; echo 'echo end; fi') | sh
end
