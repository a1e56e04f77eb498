# Another user
$ su -s /bin/sh daemon -c 'id -un; echo $HOME $USER'
daemon
/usr/sbin daemon
$ su -s /bin/sh -c 'echo $0 $1' daemon a b
a b
$ su nosuch
! su: unknown user nosuch
? 1

# As another
$ su -l -c 'echo $HOME $USER; pwd' 
/root root
/root
$ su -m -c 'echo $HOME' daemon
? 1
$ su nobodyhere
! su: unknown user nobodyhere
? 1
$ su -s /bin/sh -c 'echo $0 $1' daemon a b
a b
$ HOME=/x su -p -s /bin/sh -c 'echo $HOME' daemon
/x
$ su - root -c 'pwd'
/root

# Options after the name
$ su daemon -s /bin/sh -c 'id -un'
daemon
$ su daemon -c 'id -un' -s /bin/sh
daemon
$ su -c 'id -un'
root
