# Options that are none
$ logread -x
! logread: invalid option -- 'x'
! Usage
? 1

# As it comes
$ syslogd -C4 -S; sleep 0.3; logger -t me before; sleep 0.3; logread -F > all & logread -f > new & sleep 0.3; logger -t me after; sleep 3; cut -c17- all | grep me; echo; cut -c17- new; kill %1 %2; rm all new; kill $(pidof syslogd); sleep 0.3
me: before
me: after

me: after
$ logread
! logread: can't find syslogd buffer: No such file or directory
? 1
$ syslogd -C4 -S; sleep 0.3; for i in $(seq 100); do logger -t me "line $i of those that a ring of four kilobytes does not hold"; done; sleep 0.3; logread | wc -c | awk '{ print ($1 > 3900 && $1 <= 4096) }'; logread | tail -1 | cut -c17-; kill $(pidof syslogd); sleep 0.3
1
me: line 100 of those that a ring of four kilobytes does not hold
