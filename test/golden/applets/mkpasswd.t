# Known salts
$ mkpasswd -m des abc zz; mkpasswd -m md5 abc abcdefgh; mkpasswd -m sha256 abc salt; mkpasswd -m sha512 abc salt; echo pw | mkpasswd -m des -S ab; mkpasswd abc '$6$salt'; echo abc | mkpasswd -P 0 -m des -S ab; mkpasswd -m sha512 abc 'rounds=1000$saltstring'; mkpasswd -m md5 'longer password than that' 'x'
$ mkpasswd -m des abc '.'; echo $?; mkpasswd -m sha256 x | wc -c
