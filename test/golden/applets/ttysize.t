# Without a terminal
$ ttysize; ttysize w; ttysize h
