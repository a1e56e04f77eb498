# Words with blanks between
$ env echo a  b
a b
$ env echo -n a; env echo b
ab
$ env echo -nq a
-nq a

# Escapes with -e only
$ env echo -e 'a\tb\0101\x41\101\qz'
a	bAAA\qz
$ env echo 'a\tb'
a\tb
$ env echo -e 'a\cb' c; env echo
a
