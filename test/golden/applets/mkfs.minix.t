# What is made
~ full
$ truncate -s 2M a; mkfs.minix a; head -c 20000 a | od -An -tx1 -j 1024 -N 32; mkfs.minix -n14 -i 100 a; od -An -tx1 -j 1024 -N 32 a; mkfs.minix -v a; od -An -tx1 -j 1024 -N 32 a; rm a
704 inodes
2048 blocks
Firstdatazone=26 (26)
Zonesize=1024
Maxsize=268966912
 c0 02 00 08 01 00 01 00 1a 00 00 00 00 1c 08 10
 8f 13 01 00 00 00 00 00 00 00 00 00 00 00 00 00
128 inodes
2048 blocks
Firstdatazone=8 (8)
Zonesize=1024
Maxsize=268966912
 80 00 00 08 01 00 01 00 08 00 00 00 00 1c 08 10
 7f 13 01 00 00 00 00 00 00 00 00 00 00 00 00 00
688 inodes
2048 blocks
Firstdatazone=47 (47)
Zonesize=1024
Maxsize=2147483647
 b0 02 00 00 01 00 01 00 2f 00 00 00 ff ff ff 7f
 78 24 01 00 00 08 00 00 00 00 00 00 00 00 00 00
$ truncate -s 100k a; mkfs.minix a | tail -1; tail -c +1025 a | head -c 3072 | md5sum; tail -c +7169 a | md5sum; mkfs.minix -v -n 14 a > /dev/null; tail -c +1025 a | head -c 3072 | md5sum; rm a
Maxsize=268966912
d2265d5beb0a9729fc5087dd43999433  -
7607a6728ed9d152a3c9f83966cddec1  -
e0389f77627a63519414fdcb75330915  -
$ truncate -s 2M a; mkfs.minix a 5000; mkfs.minix -c a 500 | tail -2; stat -c %s a; mkfs.minix a 5; rm a
1696 inodes
5000 blocks
Firstdatazone=57 (57)
Zonesize=1024
Maxsize=268966912
Maxsize=268966912
0 bad block(s)
5120000
! mkfs.minix: image is too small
$ mkfs.minix -n 15 a
! Usage
? 1
$ mkfs.minix nosuch
! mkfs.minix: can't open 'nosuch': No such file or directory
? 1

# Bad blocks
$ truncate -s 2M a; : > none; mkfs.minix -l none a 500 | tail -1; echo 20 > some; mkfs.minix -l some a
0 bad block(s)
! mkfs.minix: -l some: bad blocks are not set aside
? 1
~ differs: the real one reads where nothing is, and is killed
