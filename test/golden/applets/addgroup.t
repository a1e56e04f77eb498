# Groups
$ addgroup grp; tail -1 /etc/group; addgroup -g 2000 grp2; tail -1 /etc/group; addgroup -S sgrp; tail -1 /etc/group; addgroup grp; echo $?; addgroup -g 2000 g3; echo $?; addgroup daemon grp; addgroup daemon grp; grep ^grp: /etc/group; addgroup nox grp; echo $?; addgroup daemon nox; echo $?
grp:x:1000:
grp2:x:2000:
sgrp:x:101:
1
1
grp:x:1000:daemon
1
1
! addgroup: group 'grp' in use
! addgroup: gid '2000' in use
! addgroup: unknown user nox
! addgroup: unknown group nox
$ delgroup daemon grp; delgroup daemon grp; echo $?; delgroup grp; delgroup grp2; delgroup sgrp; tail -1 /etc/group; delgroup nox; echo $?; delgroup daemon; echo $?
0
nobody:x:65534:
1
1
! delgroup: can't find daemon in /etc/group
! delgroup: unknown group nox
! delgroup: 'daemon' still has 'daemon' as their primary group!
