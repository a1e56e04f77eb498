# Files and directories
$ echo hi > a; install a b; ls -l b | cut -c1-10; install -m 600 -o daemon -g sys a c; ls -l c | cut -c1-34
-rwxr-xr-x
-rw-------    1 daemon   sys      
~ differs: Debian's busybox leaves this command out
$ install -d -m 700 d/e; ls -ld d/e | cut -c1-10; install -D a x/y/z; cat x/y/z; install -t d a b; ls d
drwx------
hi
a
b
e
~ differs: Debian's busybox leaves this command out
$ install nosuch b
! install: can't stat 'nosuch': No such file or directory
! install: can't install 'nosuch'
? 1
~ differs: Debian's busybox leaves this command out
$ install -s a b
! install: -s: there is no strip here
? 1
~ differs: Debian's busybox leaves this command out
