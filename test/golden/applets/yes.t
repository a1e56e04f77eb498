# It ends when nobody reads
$ yes | head -2
y
y
$ yes a b | head -n 1
a b
