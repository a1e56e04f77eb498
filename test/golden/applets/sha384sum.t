# SHA-384
$ printf abc > a; sha384sum a; sha384sum a > l; sha384sum -c l; sha384sum -cs l; echo $?; echo junk > k; sha384sum -cw k; echo $?
cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7  a
a: OK
0
1
! sha384sum: invalid format
! sha384sum: WARNING: 1 of 1 computed checksums did NOT match
~ differs: Debian's busybox has no sha384sum; this is what its sha512sum says, with the digest that coreutils gives
