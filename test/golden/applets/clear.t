# The cursor goes home and what is below is removed
$ clear | od -c
0000000 033   [   H 033   [   J
0000006
