# Numbers and names
$ id -u; id -un; id -g; id -gn; id -u daemon; id -gn nobody
0
root
0
root
1
nobody

# One at a time
$ id nosuch
! id: unknown user nosuch
? 1
$ id -un 77777
! id: unknown user 77777
? 1

# Another user
$ id daemon
uid=1(daemon) gid=1(daemon) groups=1(daemon)
$ id -Gn root; id -G root
root wheel
0 10
$ id root
uid=0(root) gid=0(root) groups=0(root),10(wheel)
