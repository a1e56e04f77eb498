# What is compressed comes back, and the file stays
$ yes hello | head -100 > a; lzop a; ls; od -An -tx1 a.lzo; rm a; lzop -d a.lzo; ls; wc a
a
a.lzo
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 01 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 94 00 c4 00 00 02 58 00 00 00 14 ec 4c
 d3 b9 07 68 65 6c 6c 6f 0a 68 65 6c 6c 20 00 00
 2f 14 00 11 00 00 00 00 00 00
a
a.lzo
      100       100       600 a
$ lzop a; lzop -f a; lzop -dc a.lzo | md5sum; md5sum < a
3901d59c5cda6097cae65494fec05f84  -
3901d59c5cda6097cae65494fec05f84  -
! lzop: can't open 'a.lzo': File exists
$ seq 3 > b; lzop -U b; ls; lzop -dU b.lzo; ls; cat b
a
a.lzo
b.lzo
a
a.lzo
b
1
2
3

# Streams, sums, levels
$ echo foo | lzop | od -An -tx1; echo foo | lzop -F | od -An -tx1; echo foo | lzop -C | od -An -tx1
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 01 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 94 00 c4 00 00 00 04 00 00 00 04 03 d1
 01 4f 66 6f 6f 0a 00 00 00 00
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 86 00 c3 00 00 00 04 00 00 00 04 66 6f
 6f 0a 00 00 00 00
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 03 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 b0 00 c6 00 00 00 04 00 00 00 04 03 d1
 01 4f 66 6f 6f 0a 00 00 00 00
$ yes hello | head -100 | lzop -C | od -An -tx1
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 03 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 b0 00 c6 00 00 02 58 00 00 00 14 ec 4c
 d3 b9 3a 1c 04 3f 07 68 65 6c 6c 6f 0a 68 65 6c
 6c 20 00 00 2f 14 00 11 00 00 00 00 00 00
$ echo foo | lzop -1 | od -An -tx1 | head -2; for level in 2 3 4 5 6; do echo foo | lzop -$level | md5sum; done
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 02
 01 03 00 00 01 00 00 00 00 00 00 00 00 00 00 00
c652c9b056b0c7f202ffb39df9f0a7db  -
c652c9b056b0c7f202ffb39df9f0a7db  -
c652c9b056b0c7f202ffb39df9f0a7db  -
c652c9b056b0c7f202ffb39df9f0a7db  -
c652c9b056b0c7f202ffb39df9f0a7db  -
$ lzop -9 < /dev/null; lzop -7 < /dev/null; lzop -8 < /dev/null
! lzop: high compression not compiled in
! lzop: high compression not compiled in
! lzop: high compression not compiled in
? 1
$ seq 100000 | lzop | lzop -d | md5sum; seq 100000 | md5sum
dea9193b768319cbb4ff1a137ac03113  -
dea9193b768319cbb4ff1a137ac03113  -
$ head -c 600000 /dev/zero | lzop | lzop -d | wc -c
600000
$ lzop < /dev/null | od -An -tx1
 89 4c 5a 4f 00 0d 0a 1a 0a 10 10 20 30 09 40 01
 05 03 00 00 01 00 00 00 00 00 00 00 00 00 00 00
 00 00 10 94 00 c4 00 00 00 00

# What is no lzop file
$ echo xx > bad.lzo; lzop -d < bad.lzo; echo 0123456789 | lzop -d; lzop nox
! lzop: short read
! lzop: bad magic number
! lzop: nox: No such file or directory
? 1
$ yes hello | head -100 | lzop > a.lzo; head -c 50 a.lzo | lzop -d; { head -c 56 a.lzo; echo; tail -c +58 a.lzo; } > c.lzo; lzop -dc c.lzo > out; lzop -dcF c.lzo | wc -c
600
! lzop: short read

# The other names
$ seq 3 | lzop | lzopcat; seq 3 | lzop > s.lzo; unlzop s.lzo; cat s
1
2
3
1
2
3
~ differs: the real one has the names by which it decompresses only where it was built with them
