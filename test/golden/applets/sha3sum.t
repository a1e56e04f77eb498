# All sizes, and checking
$ printf abc > a; sha3sum a; sha3sum -a 256 a; sha3sum -a 384 a; sha3sum -a 512 a; sha3sum < a; printf '' | sha3sum; head -c 1000 /dev/zero | sha3sum
e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf  a
3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532  a
ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25  a
b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0  a
e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf  -
6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7  -
a47fd55fa39273fd062ba7d7e99befdf0ebe9ab647946d5ac5c68fdd  -
$ sha3sum a > l; sha3sum -c l; sha3sum -cs l; echo $?; echo x >> a; sha3sum -c l; echo $?; echo junk > k; sha3sum -cw k; echo $?
a: OK
0
a: FAILED
1
1
! sha3sum: WARNING: 1 of 1 computed checksums did NOT match
! sha3sum: invalid format
! sha3sum: WARNING: 1 of 1 computed checksums did NOT match
$ sha3sum -a 7 a; echo $?
1
! sha3sum: bad -a7
