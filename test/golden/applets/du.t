# Kilobytes of a tree
$ mkdir -p d/e; head -c 5000 /dev/zero > d/f; head -c 100 /dev/zero > d/e/g; du -s nosuch; du -a d | sort -k 2 | cut -f 2; du d | cut -f 2; du -s d | cut -f 2; du -d 0 d | cut -f 2; du -c d/f d/e/g
d
d/e
d/e/g
d/f
d/e
d
d
d
8	d/f
4	d/e/g
12	total
! du: nosuch: No such file or directory
$ du d/f; du -b d/f; du -h d/f; du -k d/f; ln d/f d/h; du -a d/f d/h; du -l d/f d/h
8	d/f
5000	d/f
8.0K	d/f
8	d/f
8	d/f
8	d/f
8	d/h

# Links, other systems, megabytes
$ mkdir d
$ head -c 5000 /dev/zero > d/f
$ ln -s d l
$ ln d/f d/g
$ du -L l | wc -l
1
$ du -H l | wc -l
1
$ du -x -s d | cut -f 2
d
$ du -m -s d | cut -f 2
d
$ du -a d | wc -l
2
$ du -c d | tail -n 1 | cut -f 2
total
$ du -d 0 d | wc -l
1
$ du -l -s d | cut -f 2
d
$ du nox
! du: nox: No such file or directory
? 1
