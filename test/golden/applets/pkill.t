# By pattern
$ sleep 9 & p=$!; sleep 0.1; pkill -KILL -f '^sleep 9'; wait $p 2>/dev/null; echo $?
137
~ differs: Debian's busybox leaves this command out
$ pkill nosuch
? 1
~ differs: Debian's busybox leaves this command out

# By command line, parent, session
~ full
$ pkill
! Usage
? 1

# By every word, and nothing is found
~ full
$ pkill -f nosuchname
? 1
$ pkill -n nosuchname
? 1
$ pkill -o nosuchname
? 1
$ pkill -x nosuchname
? 1
$ pkill -s 0 nosuchname
? 1
$ pkill -P 1 nosuchname
? 1
$ pkill -f -x nosuchname
? 1
$ pkill -HUP -f nosuchname
? 1
$ pkill -9 -n nosuchname
? 1
$ pkill -v -f .
? 1
$ pkill -l | head -n 2
 1) HUP
 2) INT
