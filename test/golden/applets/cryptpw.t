# Known salts
$ cryptpw -m des abc zz; cryptpw -m md5 abc abcdefgh; cryptpw -m sha256 abc salt; cryptpw -m sha512 abc salt; echo pw | cryptpw -m des -S ab; cryptpw abc ab; cryptpw abc '$1$salt'; echo abc | cryptpw -P 0 -m des -S ab
zzsT4g5y.2SNE
\$1$abcdefgh$Kn5qrjcQzV7oAHBJ23Cu3/
\$5$salt$6XvgFG1LMWL/SedlWdxAafOEHFFpkPXLqeNHsdc7P16
\$6$salt$i1etou/cjGIhaFRAAe9Ovyu8VW7eoR4C1h8EpVn8PpPcvBVwfsaYgJRGnPhBZyT5Z3JenrlmY/p02tjS7Gl0w/
abzlUXK5ed5rs
abFZSxKKdq5s6
\$1$salt$Ix0K7gMcCieLMZGthf6yT1
abFZSxKKdq5s6
