# What is made
~ full
$ truncate -s 2M a; mkfs.ext2 -F a; mkfs.ext2 -F -L foo -m 2 a | head -6; rm a
Filesystem label=
OS type: Linux
Block size=1024 (log=0)
Fragment size=1024 (log=0)
256 inodes, 2048 blocks
102 blocks (5%) reserved for the super user
First data block=1
Maximum filesystem blocks=262144
1 block groups
8192 blocks per group, 8192 fragments per group
256 inodes per group
Filesystem label=foo
OS type: Linux
Block size=1024 (log=0)
Fragment size=1024 (log=0)
256 inodes, 2048 blocks
40 blocks (2%) reserved for the super user
$ truncate -s 100M a; mke2fs -F -n a; mke2fs -F a > /dev/null; od -An -tu4 -j 1024 -N 44 a; od -An -tx1 -j 2048 -N 128 a; rm a
Filesystem label=
OS type: Linux
Block size=1024 (log=0)
Fragment size=1024 (log=0)
25688 inodes, 102400 blocks
5120 blocks (5%) reserved for the super user
First data block=1
Maximum filesystem blocks=262144
13 block groups
8192 blocks per group, 8192 fragments per group
1976 inodes per group
Superblock backups stored on blocks:
	8193, 24577, 40961, 57345, 73729
      25688     102400       5120      99137
      25677          1          0          0
       8192       8192       1976
 03 00 00 00 04 00 00 00 05 00 00 00 f8 1e ad 07
 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
 03 20 00 00 04 20 00 00 05 20 00 00 05 1f b8 07
 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
 01 40 00 00 02 40 00 00 03 40 00 00 07 1f b8 07
 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
 03 60 00 00 04 60 00 00 05 60 00 00 05 1f b8 07
 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
$ truncate -s 9M a; mke2fs -F -b 2048 -I 256 -i 16384 a; od -An -tx1 -j 1024 -N 44 a; od -An -tx1 -j 2048 -N 32 a; md5sum < /dev/null; rm a
Filesystem label=
OS type: Linux
Block size=2048 (log=1)
Fragment size=2048 (log=1)
576 inodes, 4608 blocks
230 blocks (5%) reserved for the super user
First data block=0
Maximum filesystem blocks=1048576
1 block groups
16384 blocks per group, 16384 fragments per group
576 inodes per group
 40 02 00 00 00 12 00 00 e6 00 00 00 ab 11 00 00
 35 02 00 00 00 00 00 00 01 00 00 00 01 00 00 00
 00 40 00 00 00 40 00 00 40 02 00 00
 02 00 00 00 03 00 00 00 04 00 00 00 ab 11 35 02
 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
d41d8cd98f00b204e9800998ecf8427e  -
$ truncate -s 600M a; mke2fs -Fn a; rm a
Filesystem label=
OS type: Linux
Block size=4096 (log=2)
Fragment size=4096 (log=2)
38400 inodes, 153600 blocks
7680 blocks (5%) reserved for the super user
First data block=0
Maximum filesystem blocks=4194304
5 block groups
32768 blocks per group, 32768 fragments per group
7680 inodes per group
Superblock backups stored on blocks:
	32768, 98304
$ truncate -s 2M a; mke2fs a
! mke2fs: a: not a block device
? 1
$ mke2fs -F a 10
! mke2fs: image is too small
? 1
$ mke2fs -F a 40
! mke2fs: need >= 60 blocks
? 1
$ mke2fs -F -b 1000 a
! mke2fs: blocksize 1000 is bad
? 1
$ mke2fs -F -m 60 a
! mke2fs: -m is bad
? 1
$ mke2fs -F -i 500 a
! mke2fs: -i is bad
? 1
$ mke2fs -F -I 100 a | head -1; rm a
Filesystem label=
! mke2fs: -I is bad
$ mke2fs -F nosuch
! mke2fs: can't open 'nosuch': No such file or directory
? 1

# But for its ids and times it is the same
~ full
$ truncate -s 2M a; mke2fs -F a > /dev/null; tail -c +2049 a | head -c 3072 | md5sum; tail -c +37889 a | md5sum; for f in 0:48 52:2 56:8 72:32 120:100 252:4; do od -An -tx1 -j $((1024 + ${f%:*})) -N ${f#*:} a; done; rm a
87a5df2b8230267854dec034b4e589ab  -
0039faf4659ef23b48480fa18ebbf360  -
 00 01 00 00 00 08 00 00 66 00 00 00 ce 07 00 00
 f5 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00
 00 20 00 00 00 20 00 00 00 01 00 00 00 00 00 00
 00 00
 53 ef 01 00 01 00 00 00
 00 00 00 00 01 00 00 00 00 00 00 00 0b 00 00 00
 80 00 00 00 20 00 00 00 02 00 00 00 01 00 00 00
 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
*
 00 00 00 00
 01 00 00 00
