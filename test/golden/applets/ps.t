# Chosen columns
$ ps -o pid=X,user | head -1
X USER

# Threads
$ ps -o pid,comm | head -n 1
PID   COMMAND
$ ps -o user,args | head -n 1
USER     COMMAND

# Threads
~ full
$ ps -T | head -n 1
PID   USER     TIME  COMMAND
$ ps -o junk
! ps: bad -o argument 'junk', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss
? 1
$ ps -o etime,time | head -n 1
ELAPSED TIME
$ ps -o comm= | head -n 1 | wc -l
1
$ ps -o pid=P,comm=C | head -n 1
P C
