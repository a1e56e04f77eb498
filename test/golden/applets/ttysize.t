# Without a terminal
$ ttysize; ttysize w; ttysize h
80 24
80
24
