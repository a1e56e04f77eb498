# Nobody
$ who
