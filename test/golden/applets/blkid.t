# What is in images
$ truncate -s 40M a b c d; mke2fs -F -L lab a > /dev/null; mkswap -L sw b > /dev/null; mkdosfs -n FATTY c; blkid a b c d | sed 's/UUID="[^"]*"/U/'; blkid nosuch; echo $?; rm a b c d
a: LABEL="lab" U TYPE="ext2"
b: LABEL="sw" U TYPE="swap"
c: LABEL="FATTY" U TYPE="vfat"
0
$ blkid
