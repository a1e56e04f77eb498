# Files and directories
$ echo hi > a; install a b; ls -l b | cut -c1-10; install -m 600 -o daemon -g sys a c; ls -l c | cut -c1-34
-rwxr-xr-x
-rw-------    1 daemon   sys      
~ differs: Debian's busybox leaves this command out
$ install -d -m 700 d/e; ls -ld d/e | cut -c1-10; install -D a x/y/z; cat x/y/z; install -t d a b; ls d
drwx------
hi
a
b
e
~ differs: Debian's busybox leaves this command out
$ install nosuch b
! install: can't stat 'nosuch': No such file or directory
? 1
~ differs: Debian's busybox leaves this command out
$ install -s a b
! install: -s: there is no strip here
? 1
~ differs: Debian's busybox leaves this command out

# Folders, modes, owners
$ echo hi > f
$ install -d a/b c
$ install -m 600 f g
$ install -D f x/y/z
$ install -o 5 -g 6 -p f h
$ install -c f k
$ install -t c f g
$ install f g c
$ install -d -m 700 priv

# Folders, modes, owners
~ full
$ echo hi > f
$ install -d a/b c
$ find a c
a
a/b
c
$ install -m 600 f g
$ stat -c '%a' g
600
$ install -D f x/y/z
$ find x
x
x/y
x/y/z
$ install -o 5 -g 6 -p f h
$ stat -c '%u %g' h
5 6
$ install -c f k
$ install -t c f g
$ ls c
f
g
$ install f g c
$ install -d -m 700 priv
$ stat -c %a priv
700
$ install -D -t p/q f
$ find p
p
p/q
p/q/f

# What is not there
~ full
$ mkdir c
$ install nox c
! install: can't stat 'nox': No such file or directory
? 1
$ install nox y
! install: can't stat 'nox': No such file or directory
? 1

# Stripped or not
~ full
$ echo hi > f
$ install -m 4755 f g
$ stat -c %a g
4755
$ install -d -o 3 -g 4 d
$ stat -c '%u %g' d
3 4
