# Made, listed, unpacked
$ mkdir d; echo hi > d/a; ln -s a d/l; mkdir d/s; echo two > d/s/b; find d | sort > names; cpio -o -H newc < names > x.cpio; cpio -t < x.cpio; cpio -tF x.cpio 2>/dev/null | wc -l; mkdir o; cd o; cpio -idv < ../x.cpio; ls -R; cpio -id < ../x.cpio; cpio -idu 'd/s/*' < ../x.cpio; cat d/s/b
d
d/a
d/l
d/s
d/s/b
5
d
d/a
d/l
d/s
d/s/b
.:
d

./d:
a
l
s

./d/s:
b
two
! 2 blocks
! 2 blocks
! cpio: d/a not created: newer or same age file exists
! cpio: d/l not created: newer or same age file exists
! cpio: d/s/b not created: newer or same age file exists
! 2 blocks
! 2 blocks
$ cpio -ov -H newc -F y.cpio < names; cmp x.cpio y.cpio; tr '\n' '\0' < names | cpio -0 -o -H newc 2>/dev/null | cmp - x.cpio; cpio -o -H newc -L < names 2>/dev/null | cpio -t 2>/dev/null; cpio -o -H newc -R 7:8 < names 2>/dev/null | cpio -tv 2>/dev/null | cut -c1-14
d
d/a
d/l
d/s
d/s/b
drwxr-xr-x 7/8
-rw-r--r-- 7/8
lrwxrwxrwx 7/8
drwxr-xr-x 7/8
-rw-r--r-- 7/8
$ cpio -o -H newc --renumber-inodes --ignore-devno < names 2>/dev/null | head -c 30; echo; touch -d '2001-02-03 04:05:06' d/a; echo d/a | cpio -o -H newc 2>/dev/null > m; rm d/a; cpio -im < m; stat -c %y d/a | cut -c1-19; cpio -tv < m 2>/dev/null
07070100000001000041ED00000000
2001-02-03 04:05:06
-rw-r--r-- 0/0         3 2001-02-03 04:05:06 d/a
! 1 blocks
$ echo nox | cpio -o -H newc > /dev/null; echo $?; echo junk | cpio -i; echo $?; head -c 100 x.cpio | cpio -t; echo $?
1
1
1
! cpio: nox: No such file or directory
! cpio: short read
! cpio: short read

# Copied
$ mkdir d; echo hi > d/a; find d > names; cpio -p out < names; echo $?; cpio -dm -p out < names; ls out; mkdir in; cpio -p in < names; cat in/d/a; echo d/a | cpio -du -p in
1
d
hi
! cpio: can't change directory to 'out': No such file or directory
! 1 blocks
! 1 blocks
! 1 blocks
~ differs: -p is busybox 1.37's

# Through, quietly
$ mkdir a b
$ echo 1 > a/f
$ ln -s f a/l
$ find b | sort
b
$ cat b/a/f
! cat: can't open 'b/a/f': No such file or directory
? 1
$ find a | sort | cpio -o -H newc > x
$ cpio -t < x
a
a/f
a/l
! 1 blocks
$ cpio -tv < x | cut -c1-10
drwxr-xr-x
-rw-r--r--
lrwxrwxrwx
! 1 blocks
$ rm -r a
$ cpio -id --quiet < x
$ find a | sort
a
a/f
a/l
$ cpio -i < x
! cpio: a/f not created: newer or same age file exists
! cpio: a/l not created: newer or same age file exists
! 1 blocks
$ echo nox | cpio -o -H newc > y
! cpio: nox: No such file or directory
? 1
$ head -c 50 x | cpio -t
! cpio: short read
? 1
$ echo junk | cpio -t
! cpio: short read
? 1
$ cpio
! Usage
? 1
$ cpio -o -H bin < /dev/null
! Usage
? 1

# Through into a folder
~ full
$ mkdir a b
$ echo 1 > a/f
$ ln -s f a/l
$ echo a/f | cpio -o -H newc > x

# Through into a folder, to stdout
~ full
$ mkdir a b
$ echo 1 > a/f
$ ln -s f a/l
$ find a | sort | cpio -p --quiet -d b
$ find b | sort
b
b/a
b/a/f
b/a/l
$ cat b/a/f
1
$ find a | sort | cpio -p -u -v b
a
a/f
a/l
! 1 blocks
$ cpio -p
! Usage
? 1
$ echo a/f | cpio -o -H newc > x
$ cpio -i --to-stdout a/f < x
1
! 1 blocks

# Nothing, and absolute names
$ cpio -i < /dev/null
$ echo /etc/passwd | cpio -o -H newc 2>/dev/null | cpio -t 2>/dev/null
etc/passwd
