# Without a terminal nothing is printed
$ reset | wc -c
0
