# Blocks are counted
$ printf 'hello world' | dd bs=4 status=noxfer; echo
hello world
! 2+1 records in
! 2+1 records out
$ printf 'hello world' | dd bs=4 count=1 skip=1 status=none; echo
o wo
$ head -c 2000 /dev/zero > f; dd if=f of=g bs=512 count=2 seek=1 2>/dev/null; wc -c g
1536 g
$ printf abcdef > h; printf XY | dd of=h bs=1 seek=2 conv=notrunc status=none; cat h; echo
abXYef
$ printf XY | dd of=h bs=1 seek=2 status=none; cat h; echo
abXY

# What it does not understand
$ dd if=nosuch
! dd: can't open 'nosuch': No such file or directory
? 1
$ dd bs=x
! dd: invalid number 'x'
? 1
$ dd bs=0
! dd: number 0 is not in 1..9223372036854775807 range
? 1
$ printf abc | dd bs=2 conv=sync status=none | od -c; printf abcd | dd conv=swab status=none; echo
0000000   a   b   c  \0
0000004
badc
$ printf abcdefgh | dd bs=3 iflag=skip_bytes,count_bytes skip=1 count=4 status=none; echo
bcde
$ dd if=/dev/zero of=z bs=1k count=3 status=noxfer; wc -c z
3072 z
! 3+0 records in
! 3+0 records out
