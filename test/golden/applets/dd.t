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

# Blocks in, blocks out, where to begin
$ printf 'abcdefghij' > f
$ cat o; echo

! cat: can't open 'o': No such file or directory
$ dd if=f bs=2 skip=1 count=2 2>/dev/null; echo
cdef
$ dd if=f bs=2 skip=1 count=3 iflag=skip_bytes status=none; echo
bcdefg
$ printf 12345678 > o
$ dd if=f of=o bs=1 count=2 seek=3 conv=notrunc status=none
$ cat o; echo
123ab678
$ dd if=f of=o bs=1 count=2 oflag=append conv=notrunc status=none
$ dd if=f bs=3 conv=sync status=none | od -c
0000000   a   b   c   d   e   f   g   h   i   j  \0  \0
0000014
$ dd if=f conv=swab status=none; echo
badcfehgji
$ dd if=f count=5 iflag=count_bytes status=none; echo
abcde
$ dd if=f of=n bs=4 count=0 seek=2 status=none
$ stat -c %s n
8
$ dd if=nox
! dd: can't open 'nox': No such file or directory
? 1
$ dd of=/nodir/x if=f
! dd: can't open '/nodir/x': No such file or directory
? 1
$ dd bs=0 if=f
! dd: number 0 is not in 1..9223372036854775807 range
? 1
$ dd bs=x if=f
! dd: invalid number 'x'
? 1
$ dd count=1k bs=1 if=f status=noxfer >/dev/null
! 10+0 records in
! 10+0 records out

# Blocks of other sizes; what is no word of it
$ printf 'abcdefghij' > f
$ dd junk=1
! Usage
? 1
$ dd junk
! Usage
? 1
$ dd iflag=junk
! dd: invalid argument 'junk' to 'iflag'
? 1
$ dd bs=
! dd: invalid number ''
? 1
$ dd count=-1
! dd: invalid number '-1'
? 1

# Where to begin, in the newer words
~ full
$ printf 'abcdefghij' > f
$ dd if=f of=o bs=4 seek=1 count=1 oflag=seek_bytes conv=notrunc status=none
$ od -c o
0000000  \0   a   b   c   d
0000005
$ dd if=f bs=4 count=1 status=noxfer > /dev/null
! 1+0 records in
! 1+0 records out

# Blocks gathered and split
$ printf 'abcdefghij' > f
$ dd if=f ibs=3 obs=4 of=o 2>&1 | head -n 2
3+1 records in
2+1 records out
$ dd if=f ibs=4 obs=2 of=o 2>&1 | head -n 2
2+1 records in
5+0 records out
$ dd if=f ibs=4 obs=4 of=o 2>&1 | head -n 2
2+1 records in
2+1 records out
$ dd if=f obs=4 of=o 2>&1 | head -n 2
0+1 records in
2+1 records out
$ cat o; echo
abcdefghij

# Blocks of the input and of the output
$ printf 0123456789 > f; dd if=f of=g bs=4 ibs=3 status=noxfer
! 3+1 records in
! 2+1 records out
$ dd if=f of=g ibs=3 bs=4 status=noxfer
! 2+1 records in
! 2+1 records out
$ dd if=f of=g bs=3 ibs=4 obs=8 seek=1 status=noxfer; wc -c < g
18
! 2+1 records in
! 1+1 records out
$ dd if=f bs=4 ibs=0
! dd: number 0 is not in 1..9223372036854775807 range
? 1
$ dd if=f of=g bs=3 conv=swab status=noxfer
! dd: can't swab 3 byte buffer
? 1
$ dd if=f of=/dev/full status=noxfer
! dd: error writing '/dev/full': No space left on device
! 0+1 records in
! 0+0 records out
? 1
