# Groups
$ addgroup grp; tail -1 /etc/group; addgroup -g 2000 grp2; tail -1 /etc/group; addgroup -S sgrp; tail -1 /etc/group; addgroup grp; echo $?; addgroup -g 2000 g3; echo $?; addgroup daemon grp; addgroup daemon grp; grep ^grp: /etc/group; addgroup nox grp; echo $?; addgroup daemon nox; echo $?
$ delgroup daemon grp; delgroup daemon grp; echo $?; delgroup grp; delgroup grp2; delgroup sgrp; tail -1 /etc/group; delgroup nox; echo $?; delgroup daemon; echo $?
