# The status is 1
$ env false
? 1
$ env false x
? 1
