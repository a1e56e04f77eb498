# One, and with those above
$ mkdir a a/b; mkdir -p x/y/z x/y; ls -d a/b x/y/z
a/b
x/y/z

# What is there already
$ mkdir a; mkdir a
! mkdir: can't create directory 'a': File exists
? 1
$ mkdir x/y/z
! mkdir: can't create directory 'x/y/z': No such file or directory
? 1
$ touch f; mkdir -p f
! mkdir: can't create directory 'f': File exists
? 1
$ mkdir -p f/x
! mkdir: can't create directory 'f/': Not a directory
? 1

# Modes
$ mkdir -m 700 a; mkdir -p -m 711 b/c; ls -ld a b b/c | cut -c1-10
drwx------
drwxr-xr-x
drwx--x--x
$ mkdir -m 9 a
! mkdir: invalid mode '9'
? 1

# The mode is looked at first
$ mkdir -m fig
! mkdir: invalid mode 'fig'
? 1
$ mkdir
! Usage
? 1

# What was made is told of; a mode is for what is made; a way in for the owner
$ mkdir -v a; mkdir -pv b/c a; mkdir -p -m 700 a b/d; stat -c '%a %n' a b b/d
created directory: 'a'
created directory: 'b/'
created directory: 'b/c'
755 a
755 b
700 b/d
$ umask 377; mkdir -p p/q; stat -c '%a %n' p
700 p
