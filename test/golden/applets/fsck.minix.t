# What is clean
~ full
$ truncate -s 200k a; mkfs.minix a > /dev/null; fsck.minix -fsv a | grep -v BusyBox; fsck.minix -f a | grep -v BusyBox; fsck.minix -l -f a | grep -v BusyBox; mkfs.minix -v a > /dev/null; fsck.minix -fv a | grep -v BusyBox; fsck.minix -amf a | grep -v BusyBox
Forcing filesystem check on a
96 inodes
200 blocks
Firstdatazone=7 (7)
Zonesize=1024
Maxsize=268966912
Filesystem state=1
namelen=30


     1 inodes used (1%)
     8 zones used (4%)

     0 regular files
     1 directories
     0 character device files
     0 block device files
     0 links
     0 symbolic links
------
     1 files
Forcing filesystem check on a
Forcing filesystem check on a
Forcing filesystem check on a

     1 inodes used (1%)
    10 zones used (5%)

     0 regular files
     1 directories
     0 character device files
     0 block device files
     0 links
     0 symbolic links
------
     1 files
Forcing filesystem check on a
$ fsck.minix nosuch
! fsck.minix: can't open 'nosuch': No such file or directory
? 8
$ truncate -s 200k b; fsck.minix b
! fsck.minix: bad magic number in superblock
? 8
$ fsck.minix -r a; rm a b
! fsck.minix: need terminal for interactive repairs
$ fsck.minix
! Usage
? 8

# What is not
$ truncate -s 200k a; mkfs.minix a > /dev/null; printf '\377' | dd of=a bs=1 seek=2048 conv=notrunc 2> /dev/null; printf '\377' | dd of=a bs=1 seek=3072 conv=notrunc 2> /dev/null; fsck.minix -f a | tail -3; fsck.minix -af a | wc -l
Zone 11: marked in use, counted=0
Zone 12: marked in use, counted=0
Zone 13: marked in use, counted=0
14
! fsck.minix: -a: nothing is repaired here
~ differs: the real one repairs
