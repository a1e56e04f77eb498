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
