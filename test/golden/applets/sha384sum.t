# SHA-384
$ printf abc > a; sha384sum a; sha384sum a > l; sha384sum -c l; sha384sum -cs l; echo $?; echo junk > k; sha384sum -cw k; echo $?
