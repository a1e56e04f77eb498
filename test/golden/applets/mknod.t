# A fifo, a device
$ mknod p p; ls -l p | cut -c1-10
prw-r--r--
$ mknod -m 644 n c 1 3; ls -l n | cut -c1-44; echo x > n && cat n
crw-r--r--    1 root     root        1,   3 
$ mknod p p
! mknod: p: File exists
? 1
