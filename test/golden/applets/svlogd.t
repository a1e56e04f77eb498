# Lines kept, chosen, and turned over
$ mkdir l; { echo hello; printf 'a_b@c\001\n'; } | svlogd -r X -R b l; cat l/current; ls l; stat -c %a l/current l/lock; echo more | svlogd l; cat l/current; rm -r l
hello
a_X@cX
current
lock
744
600
hello
a_X@cX
more
$ mkdir l; printf 's100\nn2\n-*skip*\n+*keepskip*\neerr*\n' > l/config; { for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $i 34567890 1234567890"; done; echo skip me; echo keepskip; echo err out; } | svlogd -v l 2>&1 | grep -v rename | sed 's/@[0-9a-f]*/@TIME/'; ls l | sed 's/@[0-9a-f]*/@TIME/'; tail -2 l/current; rm -r l
svlogd: info: read: l/config
svlogd: info: new: l/current
svlogd: info: delete: l/@TIME.s
err out
svlogd: info: delete: l/@TIME.s
svlogd: info: close: l
@TIME.s
@TIME.s
config
current
lock
err out
~ differs: the real one cuts a line where a file is full
$ mkdir l; printf 's40\n!tr a-z A-Z\n' > l/config; for i in 1 2 3 4 5 6 7 8; do echo number $i; done | svlogd -b 20 l; cat l/@*; cat l/current; rm -r l
NUMBER 1
NUMBER 2
NUMBER 3
NUMBER 4
number 5
number 6
number 7
number 8
~ differs: the real one cuts a line where a file is full
$ mkdir l m; echo x | svlogd -t l m; cut -c1-9,26- l/current; cut -c1-9,26- m/current; echo y | svlogd -tt l; echo z | svlogd -ttt -l 10 l; tail -2 l/current | sed 's/[0-9]/N/g'; rm -r l m
@40000000 x
@40000000 x
NNNN-NN-NN_NN:NN:NN.NNNNN y
NNNN-NN-NNTNN:NN:NN.NNNNN z
$ echo x | svlogd nosuch; svlogd
! svlogd: warning: can't open log directory: nosuch: No such file or directory
! svlogd: fatal: no functional log directories
! Usage
? 1
