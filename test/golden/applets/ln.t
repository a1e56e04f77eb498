# Hard links share, symlinks name
$ echo hi > a; ln a b; ln -s a c; ls -l a c | cut -c1-15; cat c
-rw-r--r--    2
lrwxrwxrwx    1
hi
$ ln a b
! ln: b: File exists
? 1
$ ln -f a b; ln -s x a
! ln: a: File exists
? 1
$ ln nosuch n
! ln: nosuch: No such file or directory
? 1
$ mkdir d; ln -s ../a d; ls d
a
$ ln -sv a v
'v' -> 'a'
$ ln d e
! ln: e: Operation not permitted
? 1

# Into a link to a directory, or over it
$ mkdir d; ln -s d l; ln -s x l; ls d; ln -sfn y l; ls -l l | sed 's/.*l ->/l ->/'
x
l -> y
$ touch p; ln -sb q p; ls
d
l
p
p~
$ ln -sb -S .old r p; ls
d
l
p
p.old
p~

# A target that is no folder, backups
$ echo a > f
$ mkdir d
$ ln -s f l
$ ln -s f l
! ln: l: File exists
? 1
$ ln -sf f l
$ ln -s ../f d
$ readlink d/f
../f
$ ln f h
$ stat -c %h f
2
$ ln -sn d e
$ ln -snf f e
$ readlink e
f
$ echo 1 > b
$ ln -b f b
$ ls
b
b~
d
e
f
h
l
$ ln -S .old -f f b
$ ln -v f v
'v' -> 'f'
$ ln -sv f w
'w' -> 'f'
$ ln nox q
! ln: nox: No such file or directory
? 1
$ ln d dd
! ln: dd: Operation not permitted
? 1
$ ln
! Usage
? 1

# A folder that must not be followed; a suffix alone
$ echo > f
$ mkdir d
$ ln -sT f d
! ln: 'd' is a directory
? 1
$ ln -T f d
! ln: 'd' is a directory
? 1
$ ln -sfT f d
! ln: 'd' is a directory
? 1
$ ln -sn f d
$ ls
d
f
$ echo 1 > b
$ ln -S .old -f f b
$ ls
b
d
f
$ ln -S .old f b
! ln: b: File exists
? 1
$ ln -b -S .old f b
$ ls
b
b.old
d
f

# Here, and what is in the way
$ echo a > a; ln a; ln -v a
'a' -> 'a'
! ln: a: File exists
! ln: a: File exists
? 1
$ echo b > b; ln -v a b a
'a' -> 'a'
'a' -> 'b'
! ln: a: File exists
! ln: a: File exists
? 1
$ mkdir d; echo c > d/c; ln -T d/c; ls
a
b
c
d

# Into a directory of that name
$ mkdir d; ln d; ln -s d; ln -T d; ls d
d
! ln: d/d: Operation not permitted
! ln: 'd' is a directory

# A symlink is linked itself
$ ln -s nowhere l; ln l m; readlink m
nowhere
