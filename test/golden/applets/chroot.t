# Another root
$ mkdir -p r/bin; cp /bin/busybox r/bin/echo; cp /bin/busybox r/bin/pwd; chroot r pwd; chroot r /bin/echo inside
/
inside
$ chroot nosuch
! chroot: can't change root directory to 'nosuch': No such file or directory
? 1
$ chroot r nosuch
! chroot: can't execute 'nosuch': No such file or directory
? 127
