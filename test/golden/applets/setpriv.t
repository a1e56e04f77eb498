# What there is
$ setpriv -d | head -7 | grep -v Suppl
uid: 0
euid: 0
gid: 0
egid: 0
no_new_privs: 0
Inheritable capabilities: [none]
$ setpriv --dump x
! Usage
? 1
$ setpriv
! Usage
? 1

# A program run; what is taken away, and what is refused
$ setpriv --nnp echo hi; setpriv --no-new-privs echo there; setpriv --inh-caps=-chown,-kill echo less
hi
there
less
$ setpriv --inh-caps=foo true
! setpriv: invalid capability 'foo'
? 1
$ setpriv --inh-caps=+foo true
! setpriv: unknown capability 'foo'
? 1
$ setpriv --ambient-caps=-all true
! setpriv: unknown capability 'all'
? 1
$ setpriv --ambient-caps=+chown true
! setpriv: cap_ambient_raise: Operation not permitted
$ setpriv /nosuch
! setpriv: can't execute '/nosuch': No such file or directory
? 127
$ setpriv --inh-caps=+chown echo more
! setpriv: capset: Operation not permitted
? 1
~ differs: processes have no capabilities of their own here
