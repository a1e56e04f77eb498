# A file becomes its compressed self, and back
$ seq 1000 > n; md5sum < n; bzip2 n; ls; bzip2 -c -d n.bz2 | md5sum; bzip2 -d n.bz2; ls; md5sum < n
53d025127ae99ab79e8502aae2d9bea6  -
n.bz2
53d025127ae99ab79e8502aae2d9bea6  -
n
53d025127ae99ab79e8502aae2d9bea6  -
$ bzip2 -k n; ls; md5sum < n.bz2; bzip2 -kf n; bzip2 -k n; echo $?
n
n.bz2
444d6ab3651861edc43db68345967a23  -
1
! bzip2: can't open 'n.bz2': File exists
$ bzip2 -t n.bz2; echo $?; bzip2 -t n; echo $?
0
1
! bzip2: invalid magic
$ bzip2 -1 < n | md5sum; bzip2 -5c n | md5sum; bzip2 -9 < n | wc -c
87229d82fa5d7a389e32561c8cfbe514  -
c86dc4079957b6e84ac31ab6f474798a  -
918
$ bzip2 nox; echo $?; bzip2 -d n; echo $?
1
1
! bzip2: nox: No such file or directory
! bzip2: n: unknown suffix - ignored

# Long and short inputs
$ for i in 1 2 3 4 5 6 7 8 9; do seq 20000; done | bzip2 -1 | bzcat | md5sum
41fba2b85f2b96de34292ddd98bf62c0  -
$ printf '' | bzip2 | od -An -tx1
 42 5a 68 39 17 72 45 38 50 90 00 00 00 00
$ printf a | bzip2 | od -An -tx1
 42 5a 68 39 31 41 59 26 53 59 19 93 9b 6b 00 00
 00 01 00 20 00 20 00 21 18 46 82 ee 48 a7 0a 12
 03 32 73 6d 60
$ head -c 100000 /dev/zero | bzip2 | md5sum
9d78ab97f34cec9cfb0db53389f26d6e  -
$ head -c 300000 /dev/zero | bzip2 | bzip2 -dc | wc -c
300000
