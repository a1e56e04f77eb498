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

# Real and effective
$ id -u
0
$ id -g
0
$ id -un
root
$ id -gn
root
$ id -ru
0
$ id -G | cut -c 1
0
$ id root | cut -c 1-30
uid=0(root) gid=0(root) groups
$ id nobodyhere
! id: unknown user nobodyhere
? 1
$ id -u daemon
1
$ id -gn daemon
daemon

# What does not go together
$ id -r
! Usage
? 1
$ id -n
! Usage
? 1
$ id -ug
! Usage
? 1
$ id -uG
! Usage
? 1
$ id -u -r root
0
$ id -gG
! Usage
? 1
$ id -rn
! Usage
? 1
$ id -un root nobody
! Usage
? 1
