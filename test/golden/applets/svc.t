# As daemontools has it
~ full
$ mkdir a; printf '#!/bin/sh\nexec sleep 1000\n' > a/run; chmod +x a/run; touch a/down; runsv a & sleep 0.5; svok ./a; echo $?; svc -u ./a; sleep 0.5; cat a/supervise/stat; svc -p ./a; sleep 0.3; cat a/supervise/stat; svc -c ./a; svc -d ./a; sleep 0.5; cat a/supervise/stat; svc -o ./a; sleep 0.5; svc -k ./a; sleep 0.5; cat a/supervise/stat; svc -h -a -i -t ./a; svc -x ./a; sleep 2; pidof runsv || echo gone
0
run
run, paused
down
down
gone
$ rm -r a; svc -u ./nosuch; svc
fail: ./nosuch: can't change to service directory: No such file or directory
! Usage
? 1
