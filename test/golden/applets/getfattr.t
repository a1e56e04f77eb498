# Values set, shown, removed
$ touch f; mkdir d; setfattr -n user.one -v 1 f; setfattr -n user.empty f; setfattr -n user.two -v 'a"b\' f d; getfattr -d f d; echo end
\# file: f
user.one="1"
user.empty=""
user.two="a"b\"

\# file: d
user.two="a"b\"

end
$ getfattr -n user.one f; getfattr f | head -2; setfattr -x user.one f; setfattr -x user.one f
\# file: f
user.one="1"

\# file: f
user.one="1"
! setfattr: f: No data available
? 1
$ getfattr -n user.no f
\# file: f
! getfattr: f: No data available
? 1
$ getfattr -d nosuch; getfattr
! getfattr: nosuch: No such file or directory
! Usage
? 1
$ ln -s f l; getfattr -h -d l; getfattr -d l; setfattr -h -n user.x -v 1 l; echo end
\# file: l
user.empty=""
user.two="a"b\"

end
! setfattr: l: Operation not permitted
