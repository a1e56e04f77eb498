# Known salts
$ cryptpw -m des abc zz; cryptpw -m md5 abc abcdefgh; cryptpw -m sha256 abc salt; cryptpw -m sha512 abc salt; echo pw | cryptpw -m des -S ab; cryptpw abc ab; cryptpw abc '$1$salt'; echo abc | cryptpw -P 0 -m des -S ab
