# Another user
$ su -s /bin/sh daemon -c 'id -un; echo $HOME $USER'
daemon
/usr/sbin daemon
$ su -s /bin/sh -c 'echo $0 $1' daemon a b
a b
$ su nosuch
! su: unknown user nosuch
? 1
