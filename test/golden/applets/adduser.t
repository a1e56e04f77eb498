# Users and what they get
$ adduser -D bob; tail -1 /etc/passwd; tail -1 /etc/group; stat -c '%a %U:%G' /home/bob; adduser -D bob; echo $?; adduser -D -H -h /nowhere -s /bin/false -g 'A B' -u 77 -G mail sysu; tail -1 /etc/passwd; adduser -S -D -H -G mail sys2; tail -1 /etc/passwd; tail -1 /etc/shadow | sed 's/:[0-9]*:0:/:N:0:/'
bob:x:1000:1000:Linux User,,,:/home/bob:/bin/sh
bob:x:1000:
2755 bob:bob
1
sysu:x:77:8:A B:/nowhere:/bin/false
sys2:x:100:8:Linux User,,,:/home/sys2:/bin/false
sys2:!:N:0:99999:7:::
! adduser: user 'bob' in use
$ adduser bob mail; grep ^mail /etc/group; adduser -D -G nogrp z; echo $?; adduser -D -u 5000000 big; echo $?; mkdir skel; echo hi > skel/f; adduser -D -k skel carl; cat /home/carl/f; stat -c '%U' /home/carl/f; adduser bob nogrp; echo $?; adduser nouser mail; echo $?
mail:x:8:sysu,sys2,bob
1
1
hi
carl
1
1
! adduser: unknown group nogrp
! adduser: number 5000000 is not in 0..60000 range
! addgroup: unknown group nogrp
! addgroup: unknown user nouser
$ deluser bob; deluser --remove-home carl; deluser sysu; deluser sys2; rm -rf /home/bob; ls /home; tail -1 /etc/passwd; deluser nox; echo $?; sed -i 's/^mail:x:8:.*/mail:x:8:/' /etc/group
nobody:x:65534:65534:nobody:/home:/bin/false
1
! deluser: can't find carl in /etc/group
! deluser: unknown user nox

# Made, found, refused
~ full
$ cp /etc/passwd p
$ adduser -D -H x1
$ grep ^x1: /etc/passwd
x1:x:1000:1000:Linux User,,,:/home/x1:/bin/sh
$ adduser -D x1
! adduser: user 'x1' in use
? 1
$ adduser -D -u 5000 -s /bin/sh -g 'Some One' -h /home/y1 x2
$ grep ^x2: /etc/passwd
x2:x:5000:5000:Some One:/home/y1:/bin/sh
$ stat -c '%U %a' /home/y1
x2 2755
$ adduser -S -D -H x3
! adduser: unknown group nogroup
? 1
$ grep ^x3 /etc/passwd | cut -d : -f 6-
$ addgroup g1
$ addgroup x1 g1
$ grep ^g1: /etc/group
g1:x:1001:x1
$ addgroup g1
! addgroup: group 'g1' in use
? 1
$ delgroup x1 g1
$ grep ^g1: /etc/group
g1:x:1001:
$ deluser x1
! deluser: can't find x1 in /etc/group
$ grep ^x1: /etc/passwd
? 1
$ delgroup g1
$ delgroup g1
! delgroup: unknown group g1
? 1
$ deluser nosuch
! deluser: unknown user nosuch
? 1
$ deluser x3
! deluser: unknown user x3
? 1
