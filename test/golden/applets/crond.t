# Its folder
$ crond -f -c nodir -d 8
! crond: can't change directory to 'nodir': No such file or directory
? 1

# Jobs at their times
< tab
\# comment
SHELL=/bin/sh
* * * * * echo every $USER $LOGNAME $HOME $SHELL $(pwd) >> /tmp/box/out
*/2 * * * * echo even >> /tmp/box/out
5-6 0 1 jan * echo five six >> /tmp/box/out
0 1 * * mon,wed echo weekday >> /tmp/box/out
0 1 2 * 0 echo either >> /tmp/box/out
61 * * * * echo never >> /tmp/box/out
@reboot echo boot >> /tmp/box/out
@hourly echo hourly >> /tmp/box/out
bad line
$ mkdir cr; crontab -c cr tab; crond -c /tmp/box/cr -b -l 0 -L /tmp/box/log -S; sleep 400; date -u +%H:%M; cat out; pidof crond | wc -w; kill $(pidof crond); head -3 log | sed 's/pid *[0-9]*/PID/'
00:06
boot
every root root /root /bin/sh /root
every root root /root /bin/sh /root
even
every root root /root /bin/sh /root
every root root /root /bin/sh /root
even
every root root /root /bin/sh /root
five six
every root root /root /bin/sh /root
even
five six
1
crond: crond (busybox 1.35.0) started, log level 0
crond: user root: parse error at 61
crond: USER root PID cmd echo boot >> /tmp/box/out
~ differs: where the real one runs minutes take their time
$ rm out; crond -f -d 9 -c cr 2> err & sleep 3600; grep -c hourly out; echo '* * * * * echo new' | crontab -c cr -; sleep 60; kill $!; crontab -c cr -r
1
new
~ differs: where the real one runs minutes take their time
