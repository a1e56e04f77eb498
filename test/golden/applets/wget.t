# Without a network
$ wget -q http://nosuch.invalid/; echo $?; wget -O - -q nosuch.invalid; echo $?
1
1
! wget: bad address 'nosuch.invalid'
! wget: bad address 'nosuch.invalid'

# Refused by itself
$ wget
! Usage
? 1
$ wget junk://x/y
! wget: not an http or ftp url: junk://x/y
? 1
$ wget -x
! wget: invalid option -- 'x'
! Usage
? 1
$ wget -T x http://x/
! wget: invalid number 'x'
? 1

# Refused by itself
~ full
$ wget --spider
! Usage
? 1
$ wget -q
! Usage
? 1
$ wget -O x
! Usage
? 1
$ wget junk
! wget: bad address 'junk'
? 1
$ wget -T 1
! Usage
? 1
