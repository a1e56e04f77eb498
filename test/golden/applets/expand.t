# Tabs become spaces
< tabs
a	b
	x  y
        eight
$ expand tabs
a       b
        x  y
        eight
$ expand -t 4 tabs
a   b
    x  y
        eight
$ expand -i tabs
a	b
        x  y
        eight

# Of several widths only the last is looked at
$ printf 'a\tb\n' | expand -t x -t 3
a  b
$ expand -t x -t y
! expand: invalid number 'y'
? 1
