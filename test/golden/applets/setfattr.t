# Names that may be
$ touch f; setfattr -n foo -v x f; setfattr -n system.x -v 1 f; setfattr -n user. -v 1 f; setfattr nosuch -n user.a
! setfattr: f: Operation not supported
! setfattr: f: Operation not supported
! setfattr: f: Invalid argument
! setfattr: nosuch: No such file or directory
? 1
$ setfattr -n trusted.t -v 1 f; setfattr -n security.s -v 2 f; getfattr -d f; echo end
\# file: f
trusted.t="1"
security.s="2"

end
$ setfattr f
! Usage
? 1
$ setfattr -n a -x b f
! Usage
? 1
$ touch g; chown 1000 f; chpst -u 1000:1000 setfattr -n user.mine -v 1 f; chpst -u 1000:1000 setfattr -n user.other -v 1 g; chpst -u 1000:1000 setfattr -n trusted.x -v 1 f; chpst -u 1000:1000 getfattr f; echo end
\# file: f
security.s="2"
user.mine="1"

end
! setfattr: g: Permission denied
! setfattr: f: Operation not permitted
