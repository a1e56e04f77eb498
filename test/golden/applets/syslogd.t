# What is logged, kept in memory or in a file
$ syslogd -l 9; syslogd -C0; syslogd -Cx; syslogd x
! syslogd: number 9 is not in 1..8 range
! syslogd: number 0 is not in 4..2097151 range
! syslogd: invalid number 'x'
! Usage
? 1
$ syslogd -R
! syslogd: option requires an argument -- 'R'
! Usage
? 1
$ syslogd -C -S; sleep 0.3; logger -t me one; logger -t me -p daemon.err two; sleep 0.3; logread | cut -c17- | grep me; kill $(pidof syslogd); sleep 0.3; logread; ls /dev/log
me: one
me: two
/dev/log
! logread: can't find syslogd buffer: No such file or directory
$ syslogd -O /tmp/box/log -l 6 -L; sleep 0.3; logger -t me one; logger -p daemon.info none; logger -t me -p user.err 'two words'; logger -t me -p local3.crit -- x; sleep 0.3; cut -c17- log | cut -d' ' -f2- | grep me; kill $(pidof syslogd); sleep 0.3; rm log
user.notice me: one
user.err me: two words
local3.crit me: x
$ sleep 0.3; syslogd -n -O - -S > out & sleep 0.3; logger -t me one; sleep 0.3; kill $(pidof syslogd); sleep 0.3; cut -c17- out; wait; rm out
syslogd started: BusyBox v1.35.0
me: one
syslogd exiting
$ syslogd -n -O out2 -t -S > out & sleep 0.3; logger -t me one; sleep 0.3; kill $(pidof syslogd); sleep 0.3; cut -c17- out2; rm out out2
syslogd started: BusyBox v1.35.0
me: one
syslogd exiting

# Rules, turning over, the same again
~ full
$ printf '# rules\ndaemon.*;daemon.!err /tmp/box/a\nmail,cron.=info\t/tmp/box/b\n' > conf; syslogd -f conf -O /tmp/box/c -D; sleep 0.3; for p in daemon.info daemon.err mail.info mail.err user.err; do logger -t me -p $p $p; done; logger -t me same; logger -t me same; sleep 0.3; for f in a b c; do echo $f; cut -c17- $f | cut -d' ' -f2- | grep -v syslogd; done; kill $(pidof syslogd); sleep 0.3
a
daemon.info me: daemon.info
b
mail.info me: mail.info
c
daemon.err me: daemon.err
mail.err me: mail.err
user.err me: user.err
user.notice me: same
$ syslogd -O /tmp/box/r -s 1 -b 2 -n & sleep 0.3; for i in $(seq 60); do logger -t me "line number $i of many that fill the file"; done; sleep 0.3; ls r*; wc -c r.0 | awk '{ print ($1 < 1100) }'; kill $(pidof syslogd)
r
r.0
r.1
1
$ sleep 0.3; syslogd -O /tmp/box/p -s 1 -b 0; sleep 0.3; for i in $(seq 60); do logger -t me "line number $i of many that fill the file"; done; sleep 0.3; ls p*; wc -c p | awk '{ print ($1 < 1100) }'; kill $(pidof syslogd)
p
1
$ echo kern.err > conf; syslogd -n -f conf
! syslogd: bad line 1: 1 tokens found, 2 needed
? 1
$ echo foo.bar /x > conf; syslogd -n -f conf
! syslogd: error in 'conf' at line 1
? 1
$ syslogd -n -f nosuch
! syslogd: can't open 'nosuch': No such file or directory
? 1

# What it cannot do
$ syslogd -K; syslogd -R here
! syslogd: -K: the kernel keeps no ring
! syslogd: -R here: there is nothing to send by
? 1
~ differs: the real one keeps what is logged in the ring of the kernel, or sends it away
