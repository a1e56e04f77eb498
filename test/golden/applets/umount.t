# What is not mounted
$ umount nosuch
! umount: can't unmount nosuch: No such file or directory
? 1
$ mkdir d; umount d
! umount: can't unmount d: Invalid argument
? 1
