# Commands and what they do
$ mkdir a; printf '#!/bin/sh\ntrap "echo hup >> got" HUP\ntrap "echo usr1 >> got" USR1\nwhile :; do sleep 0.1; done\n' > a/run; chmod +x a/run; touch a/down; runsv a & sleep 0.5; sv s ./a | sed 's/ [0-9]*s/ Ns/'; sv start ./a | sed 's/pid [0-9]*/PID/; s/ [0-9]*s/ Ns/'; sv hup ./a; sv 1 ./a; sleep 0.5; cat a/got; sv pause ./a; sleep 0.3; sv status ./a | sed 's/pid [0-9]*/PID/; s/ [0-9]*s/ Ns/'; sv cont ./a; sv check ./a | sed 's/pid [0-9]*/PID/; s/ [0-9]*s/ Ns/'; sv restart ./a | sed 's/pid [0-9]*/PID/; s/ [0-9]*s/ Ns/'; sv stop ./a | sed 's/ [0-9]*s/ Ns/'; sv once ./a; sleep 0.5; sv kill ./a; sleep 1; SVDIR=. sv status a | sed 's/ [0-9]*s/ Ns/'; sv exit ./a; wait; sv status ./a; echo $?
down: ./a: Ns
ok: run: ./a: (PID) Ns, normally down
hup
usr1
run: ./a: (PID) Ns, normally down, paused
ok: run: ./a: (PID) Ns, normally down
ok: run: ./a: (PID) Ns, normally down
ok: down: ./a: Ns
down: a: Ns
warning: ./a: can't open supervise/ok: No such device or address
1
$ rm -r a; mkdir b; sv s a ./b; echo $?; sv -w 1 start ./b
fail: a: can't change to service directory: No such file or directory
warning: ./b: can't open supervise/ok: No such file or directory
2
warning: ./b: can't open supervise/ok: No such file or directory
? 1
$ sv; sv foo ./b
! Usage
? 100
