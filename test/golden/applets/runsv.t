# A service and its log
$ mkdir -p a/log; printf '#!/bin/sh\necho starting\nexec sleep 1000\n' > a/run; printf '#!/bin/sh\nexec cat > ../logged\n' > a/log/run; printf '#!/bin/sh\necho fin $1 $2 >> fins\n' > a/finish; chmod +x a/run a/log/run a/finish; runsv a & sleep 1.5; ls a a/supervise a/log/supervise; cat a/supervise/stat; stat -c '%F %a' a/supervise/control a/supervise/ok a/supervise; sv status ./a | sed 's/pid [0-9]*/PID/g'; sv -v down ./a | sed 's/[0-9]*s/Ns/g'; cat a/supervise/stat a/fins; sv exit ./a; wait; cat a/logged; sv status ./a
a:
finish
log
logged
run
supervise

a/log/supervise:
control
lock
ok
pid
stat
status

a/supervise:
control
lock
ok
pid
stat
status
run
fifo 600
fifo 600
directory 700
run: ./a: (PID) 1s; run: log: (PID) 1s
ok: down: ./a: Ns, normally up
down
fin -1 15
starting
warning: ./a: can't open supervise/ok: No such device or address
? 1
$ rm -r a; runsv nosuch; runsv
! runsv: can't change directory to 'nosuch': No such file or directory
! Usage
? 1
