# What is behind the headers; what is no package
$ (printf '\355\253\356\333'; head -c 92 /dev/zero; printf '\216\255\350\001\0\0\0\0\0\0\0\0\0\0\0\0\216\255\350\001\0\0\0\0\0\0\0\0\0\0\0\0'; echo payload | gzip) > x.rpm; rpm2cpio x.rpm
payload
$ echo junk > j; rpm2cpio j
! rpm2cpio: short read
? 1
$ rpm2cpio nox
! rpm2cpio: can't open 'nox': No such file or directory
? 1
$ rpm2cpio
! rpm2cpio: short read
? 1
