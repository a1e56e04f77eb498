# CRC-32
$ printf 123456789 > a; crc32 a; crc32 a a; crc32 nox; echo $?
cbf43926 a
cbf43926 a
cbf43926 a
1
! crc32: can't open 'nox': No such file or directory
