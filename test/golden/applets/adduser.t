# Users and what they get
$ adduser -D bob; tail -1 /etc/passwd; tail -1 /etc/group; stat -c '%a %U:%G' /home/bob; adduser -D bob; echo $?; adduser -D -H -h /nowhere -s /bin/false -g 'A B' -u 77 -G mail sysu; tail -1 /etc/passwd; adduser -S -D -H -G mail sys2; tail -1 /etc/passwd; tail -1 /etc/shadow | sed 's/:[0-9]*:0:/:N:0:/'
$ adduser bob mail; grep ^mail /etc/group; adduser -D -G nogrp z; echo $?; adduser -D -u 5000000 big; echo $?; mkdir skel; echo hi > skel/f; adduser -D -k skel carl; cat /home/carl/f; stat -c '%U' /home/carl/f; adduser bob nogrp; echo $?; adduser nouser mail; echo $?
$ deluser bob; deluser --remove-home carl; deluser sysu; deluser sys2; rm -rf /home/bob; ls /home; tail -1 /etc/passwd; deluser nox; echo $?; sed -i 's/^mail:x:8:.*/mail:x:8:/' /etc/group
