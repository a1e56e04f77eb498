# By pattern
$ sleep 9 & p=$!; sleep 0.1; pkill -KILL -f '^sleep 9'; wait $p 2>/dev/null; echo $?
137
~ differs: Debian's busybox leaves this command out
$ pkill nosuch
? 1
~ differs: Debian's busybox leaves this command out
