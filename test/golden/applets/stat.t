# By a format
$ echo hello > f; chmod 4755 f; chown daemon:sys f; stat -c '%a %A %F %g %G %u %U %h %n %N %s %t %T' f; ln -s f l; stat -c '%N %F %s' l; stat -L -c '%n %F' l; mkdir d; stat -c %F d; mkfifo p; stat -c %F p; touch e; stat -c %F e; stat -c '%F %t %T' /dev/null
755 -rwxr-xr-x regular file 3 sys 1 daemon 1 f f 6 0 0
'l' -> 'f' symbolic link 1
l regular file
directory
fifo
regular empty file
character special file 1 3
$ TZ=UTC touch -d '2020-01-02 03:04:05' f; TZ=UTC stat -c '%x|%X|%y|%Y' f
2020-01-02 03:04:05.000000000 +0000|1577934245|2020-01-02 03:04:05.000000000 +0000|1577934245
$ TZ=UTC stat f | sed '2,3d;/Change/d;s/ *$//'
  File: f
Access: (0755/-rwxr-xr-x)  Uid: (    1/  daemon)   Gid: (    3/     sys)
Access: 2020-01-02 03:04:05.000000000 +0000
Modify: 2020-01-02 03:04:05.000000000 +0000
$ stat nosuch
! stat: can't stat 'nosuch': No such file or directory
? 1
$ stat -c '%f %o %B %%' f
81ed 4096 512 %
$ stat -c '[%10s] [%-10s] [%010s] %q' f
[         6] [6         ] [0000000006] q
$ stat -f -c '%n %l' f
f 255

# In one line
$ echo abc > f
$ chmod 640 f
$ chown 5:6 f
$ touch -d '2001-02-03 04:05:06' f
$ ln f g
$ ln -s f l
$ stat -t f | cut -d ' ' -f 1,2,4,5,6
f 4 81a0 5 6
$ stat -L -c '%F %s' l
regular file 4
$ stat -c '%y|%x' f
2001-02-03 04:05:06.000000000 +0000|2001-02-03 04:05:06.000000000 +0000
$ stat -c %F / 
directory
$ stat -c '%%n %Q' f
%n Q
$ stat nox
! stat: can't stat 'nox': No such file or directory
? 1
$ stat
! Usage
? 1
$ stat -f -c '%n' f
f
$ mkfifo p
$ stat -c %F p
fifo
$ stat -c '%10s|%-10s|%010s' f
         4|4         |0000000004
