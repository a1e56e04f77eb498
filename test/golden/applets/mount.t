# What is mounted
$ mount | grep -c '^proc on /proc type proc (rw'
1
$ mkdir d; mount -t tmpfs tmpfs d && mount | grep -c '/tmp/box/d type tmpfs'; touch d/f; umount d; ls d
1
$ mount nosuch
! mount: can't read '/etc/fstab': No such file or directory
? 1

# What cannot be mounted
$ mount /nox
! mount: can't read '/etc/fstab': No such file or directory
? 1

# A kind that is not known, told
$ mount -t nosuchfs none /tmp
! mount: mounting none on /tmp failed: No such device
? 255
$ mount -t nosuchfs -o ro none /tmp
! mount: mounting none on /tmp failed: No such device
? 255
$ mount -r -t nosuchfs none /tmp
! mount: mounting none on /tmp failed: No such device
? 255
