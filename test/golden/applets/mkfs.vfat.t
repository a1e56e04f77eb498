# What is made
~ full
$ truncate -s 40M a; mkfs.vfat -v -n label a 2>&1 | grep -v volumeID; od -An -tx1 -N 67 a; od -An -tx1 -j 512 -N 4 a; od -An -tx1 -j 996 -N 28 a; od -An -tx1 -j 71 -N 19 a; od -An -tx1 -j 3072 -N 16 a; tail -c +3073 a | md5sum; rm a
Device 'a':
heads:255, sectors/track:63, bytes/sector:512
media descriptor:f8
total sectors:81920, clusters:80652, sectors/cluster:1
FATs:2, sectors/FAT:631
 eb 58 90 6d 6b 64 6f 73 66 73 00 00 02 01 06 00
 02 00 00 00 00 f8 00 00 3f 00 ff 00 00 00 00 00
 00 40 01 00 77 02 00 00 00 00 00 00 02 00 00 00
 01 00 03 00 00 00 00 00 00 00 00 00 00 00 00 00
 00 00 29
 52 52 61 41
 72 72 41 61 0b 3b 01 00 02 00 00 00 00 00 00 00
 00 00 00 00 00 00 00 00 00 00 55 aa
 6c 61 62 65 6c 20 20 20 20 20 20 46 41 54 33 32
 20 20 20
 f8 ff ff 0f ff ff ff ff f8 ff ff 0f 00 00 00 00
2b525f3a111b56bcb23eef985a167d68  -
$ truncate -s 300M a; mkfs.vfat -v a 2>&1 | sed -n 4,5p; rm a
total sectors:614400, clusters:76649, sectors/cluster:8
FATs:2, sectors/FAT:599
$ truncate -s 1M a; mkdosfs -v a 500 2>&1 | grep -v volumeID; mkdosfs a 10; mkdosfs nosuch; rm a
Device 'a':
heads:255, sectors/track:63, bytes/sector:512
media descriptor:f8
total sectors:1000, clusters:978, sectors/cluster:1
FATs:2, sectors/FAT:8
! mkdosfs: image is too small
! mkdosfs: can't open 'nosuch': No such file or directory
$ mkdosfs
! Usage
? 1
