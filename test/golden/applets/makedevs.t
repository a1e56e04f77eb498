# A table of files
< table
\# what is made
/d d 755 0 0 - - - - -
/d/console c 666 0 0 5 1 - - -
/d/null c 666 root root 1 3 0 0 -
/d/tty c 600 0 5 5 0 0 1 3
/d/hd b 640 0 0 3 0 0 2 2
/p p 600 1 1 - - - - -
/x d 1777 0 0
/d/e/f d 700 0 0 - - - - -
$ mkdir root; makedevs root < table; find root ! -type d | sort | xargs stat -c '%n %F %a %u %g %t %T'; find root -type d | sort | xargs stat -c '%n %F %a'; rm -r root
rootdir=root
table=<stdin>
root/d/console character special file 666 0 0 5 1
root/d/hd0 block special file 640 0 0 3 0
root/d/hd1 block special file 640 0 0 3 2
root/d/null character special file 666 0 0 1 3
root/d/tty0 character special file 600 0 5 5 0
root/d/tty1 character special file 600 0 5 5 1
root/d/tty2 character special file 600 0 5 5 2
root/p fifo 600 1 1 0 0
root directory 755
root/d directory 755
root/d/e directory 777
root/d/e/f directory 700
root/x directory 1777
$ mkdir root; echo x > root/f; printf 'f f 600 1 2 - - - - -\ng f 644 0 0 - - - - -\nbad q 755 0 0\n' > root/t; makedevs -d t root; stat -c '%a %u %g' root/f; rm -r root
rootdir=root
table='t'
600 1 2
! makedevs: line 2: regular file 'g' does not exist: No such file or directory
! makedevs: line 3: unsupported file type q
$ makedevs -d nosuch .; makedevs nosuch
rootdir=.
table='nosuch'
! makedevs: nosuch: No such file or directory
! makedevs: can't change directory to 'nosuch': No such file or directory
? 1
$ makedevs
! Usage
? 1
$ echo '/q d 755 nouser 0' | makedevs .
rootdir=.
table=<stdin>
! makedevs: unknown user nouser
? 1
