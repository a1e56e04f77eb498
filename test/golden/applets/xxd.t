# Dumps
$ seq 20 > n; xxd n; xxd -p n; xxd -i n; xxd -i < n | head -1; xxd -g 1 n | head -1; xxd -g 4 n | head -1; xxd -g 0 n | head -1; xxd -c 8 n | head -2
00000000: 310a 320a 330a 340a 350a 360a 370a 380a  1.2.3.4.5.6.7.8.
00000010: 390a 3130 0a31 310a 3132 0a31 330a 3134  9.10.11.12.13.14
00000020: 0a31 350a 3136 0a31 370a 3138 0a31 390a  .15.16.17.18.19.
00000030: 3230 0a                                  20.
310a320a330a340a350a360a370a380a390a31300a31310a31320a31330a
31340a31350a31360a31370a31380a31390a32300a
unsigned char n[] = {
  0x31, 0x0a, 0x32, 0x0a, 0x33, 0x0a, 0x34, 0x0a, 0x35, 0x0a, 0x36, 0x0a,
  0x37, 0x0a, 0x38, 0x0a, 0x39, 0x0a, 0x31, 0x30, 0x0a, 0x31, 0x31, 0x0a,
  0x31, 0x32, 0x0a, 0x31, 0x33, 0x0a, 0x31, 0x34, 0x0a, 0x31, 0x35, 0x0a,
  0x31, 0x36, 0x0a, 0x31, 0x37, 0x0a, 0x31, 0x38, 0x0a, 0x31, 0x39, 0x0a,
  0x32, 0x30, 0x0a,
};
unsigned int n_len = 51;
  0x31, 0x0a, 0x32, 0x0a, 0x33, 0x0a, 0x34, 0x0a, 0x35, 0x0a, 0x36, 0x0a,
00000000: 31 0a 32 0a 33 0a 34 0a 35 0a 36 0a 37 0a 38 0a  1.2.3.4.5.6.7.8.
00000000: 310a320a 330a340a 350a360a 370a380a  1.2.3.4.5.6.7.8.
00000000: 310a320a330a340a350a360a370a380a  1.2.3.4.5.6.7.8.
00000000: 310a 320a 330a 340a  1.2.3.4.
00000008: 350a 360a 370a 380a  5.6.7.8.
$ xxd -l 5 n; xxd -s 4 -l 5 n; xxd -s 4 -l 5 -o 100 n; xxd -p -c 4 n | head -2; xxd -s 0x10 n | head -1
00000000: 310a 320a 33                             1.2.3
00000004: 330a 340a 35                             3.4.5
00000068: 330a 340a 35                             3.4.5
310a320a
330a340a
00000010: 390a 3130 0a31 310a 3132 0a31 330a 3134  9.10.11.12.13.14

# And back
$ seq 20 > n; xxd n | xxd -r | cmp - n; xxd -p n | xxd -r -p | cmp - n; echo $?; echo '30 !31 !!32' | xxd -p -r; echo; echo '68656c6c6f' | xxd -r -p; echo
0
01
hello
~ differs: as busybox 1.37 reads it; 1.35 ends a line too late
$ xxd nox; echo $?
1
! xxd: nox: No such file or directory

# Back again
$ printf 'hello\001\377world, again and again' > f
$ xxd f
00000000: 6865 6c6c 6f01 ff77 6f72 6c64 2c20 6167  hello..world, ag
00000010: 6169 6e20 616e 6420 6167 6169 6e         ain and again
$ xxd -p f
68656c6c6f01ff776f726c642c20616761696e20616e6420616761696e
$ xxd -p f | xxd -r -p | cmp - f
$ xxd -l 5 f
00000000: 6865 6c6c 6f                             hello
$ xxd -s 3 f
00000003: 6c6f 01ff 776f 726c 642c 2061 6761 696e  lo..world, again
00000013: 2061 6e64 2061 6761 696e                  and again
$ xxd -c 4 f
00000000: 6865 6c6c  hell
00000004: 6f01 ff77  o..w
00000008: 6f72 6c64  orld
0000000c: 2c20 6167  , ag
00000010: 6169 6e20  ain 
00000014: 616e 6420  and 
00000018: 6167 6169  agai
0000001c: 6e         n
$ xxd -g 1 f
00000000: 68 65 6c 6c 6f 01 ff 77 6f 72 6c 64 2c 20 61 67  hello..world, ag
00000010: 61 69 6e 20 61 6e 64 20 61 67 61 69 6e           ain and again
$ xxd -i f
unsigned char f[] = {
  0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x01, 0xff, 0x77, 0x6f, 0x72, 0x6c, 0x64,
  0x2c, 0x20, 0x61, 0x67, 0x61, 0x69, 0x6e, 0x20, 0x61, 0x6e, 0x64, 0x20,
  0x61, 0x67, 0x61, 0x69, 0x6e,
};
unsigned int f_len = 29;
$ xxd -i < f
  0x68, 0x65, 0x6c, 0x6c, 0x6f, 0x01, 0xff, 0x77, 0x6f, 0x72, 0x6c, 0x64,
  0x2c, 0x20, 0x61, 0x67, 0x61, 0x69, 0x6e, 0x20, 0x61, 0x6e, 0x64, 0x20,
  0x61, 0x67, 0x61, 0x69, 0x6e,
$ xxd -u f
! xxd: invalid option -- 'u'
! Usage
? 1
$ xxd nox
! xxd: nox: No such file or directory
? 1
$ echo '0000000: 6869 0a' | xxd -r
hi
$ echo 68 69 0a | xxd -r -p
hi
$ xxd -s -5 f
! xxd: invalid number '-5'
? 1
$ xxd -g 0 f | head -n 1
00000000: 68656c6c6f01ff776f726c642c206167  hello..world, ag
$ xxd -o 16 f
00000010: 6865 6c6c 6f01 ff77 6f72 6c64 2c20 6167  hello..world, ag
00000020: 6169 6e20 616e 6420 6167 6169 6e         ain and again
