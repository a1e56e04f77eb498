# A runsv for every folder
$ mkdir -p d/a d/.hidden; printf '#!/bin/sh\nexec sleep 1000\n' > d/a/run; chmod +x d/a/run; runsvdir -P d & sleep 1; sv status ./d/a | sed 's/pid [0-9]*/PID/; s/ [0-9]*s/ Ns/'; kill -HUP $!; sleep 6; pidof runsvdir || echo gone; sv status ./d/a; ls -A d
run: ./d/a: (PID) Ns
gone
warning: ./d/a: can't open supervise/ok: No such device or address
.hidden
a
$ rm -r d; timeout 2.5 runsvdir nosuch; echo $?; runsvdir
0
! runsvdir: nosuch: warning: can't stat nosuch
! runsvdir: nosuch: warning: can't stat nosuch
! runsvdir: nosuch: warning: can't stat nosuch
! Usage
? 1
$ mkdir d; printf '#!/bin/sh\necho signal $1 > sig\n' > s; chmod +x s; runsvdir -s ./s d & sleep 0.3; kill -TERM $!; sleep 6; pidof runsvdir || echo gone; cat sig
gone
signal 15
