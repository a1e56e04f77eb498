# Without a network
$ wget -q http://nosuch.invalid/; echo $?; wget -O - -q nosuch.invalid; echo $?
1
1
! wget: bad address 'nosuch.invalid'
! wget: bad address 'nosuch.invalid'
