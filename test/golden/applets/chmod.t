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
