# Where processes are
$ pwdx 1; sh -c 'cd /tmp; pwdx $$' | sed 's/.*: //'; pwdx 99999; echo $?
1: /tmp/box
/tmp
99999: No such process
1
