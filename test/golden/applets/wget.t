# Without a network
$ wget -q http://nosuch.invalid/; echo $?; wget -O - -q nosuch.invalid; echo $?
