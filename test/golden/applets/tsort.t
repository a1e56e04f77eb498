# Orders
$ echo 'a b b c a c d d' | tsort; printf 'x y' > f; tsort f; tsort -; tsort < /dev/null; echo a b a | tsort; echo $?; echo a b b a c d | tsort; echo $?; tsort nox; echo $?
a
d
b
c
x
y
1
c
d
a
b
1
1
! tsort: odd input
! tsort: cycle at a
! tsort: can't open 'nox': No such file or directory
