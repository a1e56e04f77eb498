# A package looked into and unpacked
~ full
$ mkdir c d d/usr; echo 'Package: x' > c/control; echo hi > d/usr/f; echo 2.0 > debian-binary; (cd c; tar czf ../control.tar.gz ./control); (cd d; tar czf ../data.tar.gz ./usr); ar -rc x.deb debian-binary control.tar.gz data.tar.gz; rm -r c d
$ dpkg-deb -f x.deb
Package: x
$ dpkg-deb -x x.deb out; find out | sort; cat out/usr/f
out
out/usr
out/usr/f
hi
$ dpkg-deb -X x.deb out2
./usr/
./usr/f
$ dpkg-deb -e x.deb; ls DEBIAN
control
$ dpkg-deb -c x.deb | cut -c 1-20
drwxr-xr-x root/root
-rw-r--r-- root/root
$ dpkg-deb -f nox.deb
! dpkg-deb: can't open 'nox.deb': No such file or directory
? 1
$ dpkg-deb -x x.deb
! Usage
? 1
$ echo junk > j; dpkg-deb -f j
! dpkg-deb: short read
? 1
