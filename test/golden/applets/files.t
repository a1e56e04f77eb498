# mkdir, rmdir, touch, ls
$ mkdir -p a/b/c; touch a/f a/.hidden; ls a; ls -A a; ls -a a
b
f
.hidden
b
f
.
..
.hidden
b
f
$ mkdir a; mkdir -m 700 d; ls -ld d | cut -c1-10; rmdir a; rmdir d; ls -d d
drwx------
! mkdir: can't create directory 'a': File exists
! rmdir: 'a': Directory not empty
! ls: d: No such file or directory
? 1
$ ls -F a; ls -1R a; ls missing
b/
f
a:
b
f

a/b:
c

a/b/c:
! ls: missing: No such file or directory
? 1

# cp, mv, rm, ln
$ echo hi > x; cp x y; cat y; mv y z; ls; ln z l; ln -s z s; cat s; ls -l s | sed 's/.*s ->/s ->/'; stat -c '%h %F' z s
hi
x
z
hi
s -> z
2 regular file
1 symbolic link
$ mkdir d; cp x d; cp -r d e; ls e; cp d f; rm d; rm -r d; ls; rm nothing; rm -f nothing; echo $?
x
e
l
s
x
z
0
! cp: omitting directory 'd'
! rm: 'd' is a directory
! rm: can't remove 'nothing': No such file or directory
$ cp nothing here; mv nothing here; ln z l
! cp: can't stat 'nothing': No such file or directory
! mv: can't rename 'nothing': No such file or directory
! ln: l: File exists
? 1

# chmod, chown, stat
$ touch f; chmod 640 f; stat -c %a f; chmod u+x,g-r,o=w f; stat -c '%a %A' f; chmod -x f; stat -c %a f; chmod 999 f; chmod 644 missing
640
702 -rwx----w-
602
! chmod: invalid mode '999'
! chmod: missing: No such file or directory
? 1
$ touch g; chown nobody:mail g; stat -c '%U %G %u %g' g; chown nosuch g; chgrp mail g
nobody mail 65534 8
! chown: unknown user nosuch
$ umask 077; touch h; mkdir hd; stat -c %a h hd
600
700

# basename, dirname, readlink, realpath
$ basename /a/b.c .c; basename /; dirname /a/b; dirname x; dirname /; basename -s .x a.x b.x
b
/
/a
.
/
a
b
$ mkdir q; ln -s q r; readlink r; readlink -f r; readlink q; echo $?; realpath r/../q missing/x
q
/tmp/box/q
1
/tmp/box/q
! realpath: missing/x: No such file or directory
? 1

# find
$ mkdir -p t/u; touch t/1.txt t/u/2.txt t/u/3.c; find t | sort; find t -name '*.txt' | sort; find t -type d | sort; find t -name '*.c' -exec echo {} \;
t
t/1.txt
t/u
t/u/2.txt
t/u/3.c
t/1.txt
t/u/2.txt
t
t/u
t/u/3.c
$ find t -maxdepth 1 -type f; find t -size -1k | sort; find nothing
t/1.txt
t/1.txt
t/u/2.txt
t/u/3.c
! find: nothing: No such file or directory
? 1

# test
$ test -f x; echo $?; touch e; [ -e e ] && echo exists; [ -s e ] || echo empty; [ -d . ] && echo dir; [ 3 -gt 2 -a 1 -eq 1 ] && echo and; [ a = b -o c = c ] && echo or; [ ! -e none ] && echo not; [ x -eq 1 ]; echo $?
1
exists
empty
dir
and
or
not
2
! sh: x: bad number
