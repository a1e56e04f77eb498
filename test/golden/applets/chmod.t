# Octal and symbolic
$ touch f; for m in 644 u+x go-r a=rw +x u=rwx,g=u,o= g+s,o+t 0 u=rX; do chmod $m f; ls -l f | cut -c1-10; done
-rw-r--r--
-rwxr--r--
-rwx------
-rw-rw-rw-
-rwxrwxrwx
-rwxrwx---
-rwxrws---
----------
-r--------
$ chmod -x f; ls -l f | cut -c1-10
-r--------
$ chmod 8 f
! chmod: invalid mode '8'
? 1
$ chmod u+q f
! chmod: invalid mode 'u+q'
? 1
$ chmod 644 nosuch
! chmod: nosuch: No such file or directory
? 1

# Directories with what is in them
$ mkdir d; touch d/f; chmod -R u=rwX,go= d; ls -ld d d/f | cut -c1-10
drwx------
-rw-------
$ chmod -v 600 d/f; chmod -c 600 d/f; chmod -c 640 d/f
mode of 'd/f' changed to 0600 (rw-------)
mode of 'd/f' changed to 0640 (rw-r-----)
$ chmod +t d; chmod g-s,u+s d/f; ls -ld d d/f | cut -c1-10
drwx-----T
-rwSr-----

# Silent, told, symbolic
$ echo a > f
$ chmod -c 600 f
mode of 'f' changed to 0600 (rw-------)
$ chmod -c 600 f
$ chmod -v 640 f
mode of 'f' changed to 0640 (rw-r-----)
$ chmod -v 640 f
mode of 'f' changed to 0640 (rw-r-----)
$ for m in a+x u=rwx,go= g+s o+t a-w +r =rw u+s,g-s a=X u=g g=u o=u-w 4755 0 777 +t; do chmod $m f; stat -c "$m %a" f; done
a+x 751
u=rwx,go= 700
g+s 2700
o+t 2700
a-w 2500
+r 2544
=rw 644
u+s,g-s 4644
a=X 0
u=g 0
g=u 0
o=u-w 0
4755 4755
0 0
777 777
+t 1777
$ mkdir -p d/e; echo > d/e/g; chmod -R a-rwx,u+rwX d; find d | while read n; do stat -c '%n %a' $n; done; chmod 999 f; chmod u+q f; chmod u*x f
d 700
d/e 700
d/e/g 600
! chmod: invalid mode '999'
! chmod: invalid mode 'u+q'
! chmod: invalid mode 'u*x'
? 1
$ umask 027; chmod 0 f; chmod +rwx f; stat -c %a f; chmod =w f; stat -c %a f; chmod a+w f; stat -c %a f
750
200
222

# What is not there is told anyhow
$ chmod -f 644 nox
! chmod: nox: No such file or directory
? 1
$ mkdir d
$ echo > d/f
$ chmod -R -v 700 d
mode of 'd' changed to 0700 (rwx------)
mode of 'd/f' changed to 0700 (rwx------)
$ chmod -R -c 755 d
mode of 'd' changed to 0755 (rwxr-xr-x)
mode of 'd/f' changed to 0755 (rwxr-xr-x)

# Of words with a dash the first mode is one
$ echo a > a; chmod -x -w a
! chmod: invalid option -- 'w'
! Usage
? 1
$ chmod -w -x a; chmod -Rw a
! chmod: invalid option -- 'x'
! Usage
? 1
$ chmod -x a; ls -l a | cut -c 1-10
-rw-r--r--
$ chmod u+q missing a
! chmod: missing: No such file or directory
! chmod: invalid mode 'u+q'
? 1

# Links that lead nowhere, modes that say nothing
$ ln -s nowhere l; chmod -f 644 l; chmod -f 644 missing
! chmod: missing: No such file or directory
? 1
$ echo a > a; chmod '' a; chmod , a; mkdir -m , d
