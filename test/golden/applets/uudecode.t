# What was encoded comes back
$ echo 'hello, world' > a; chmod 640 a; uuencode a b | uudecode; cat b; stat -c %a b; uuencode -m a c > enc; uudecode enc; cat c; uudecode -o d enc; cat d; uudecode -o - enc
hello, world
640
hello, world
hello, world
hello, world
$ seq 300 | uuencode n | uudecode -o - | md5sum; seq 300 | uuencode -m n | uudecode -o - | md5sum
bf4fa7116e26846bba3502a134f9bcba  -
bf4fa7116e26846bba3502a134f9bcba  -
$ uudecode nox; echo $?; uudecode < /dev/null; echo $?; printf 'begin 644 x\nabc\n' | uudecode; echo $?
1
1
1
! uudecode: nox: No such file or directory
! uudecode: no 'begin' line
! uudecode: short file
