# A number of eight digits
$ hostid | wc -c
9
