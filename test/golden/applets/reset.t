# Without a terminal nothing is printed
$ reset | wc -c
