# Known salts
$ mkpasswd -m des abc zz; mkpasswd -m md5 abc abcdefgh; mkpasswd -m sha256 abc salt; mkpasswd -m sha512 abc salt; echo pw | mkpasswd -m des -S ab; echo abc | mkpasswd -P 0 -m des -S ab; mkpasswd -m sha512 abc 'rounds=1000$saltstring'; mkpasswd -m md5 'longer password than that' 'x'; mkpasswd -m sha256 x | wc -c
zzsT4g5y.2SNE
\$1$abcdefgh$Kn5qrjcQzV7oAHBJ23Cu3/
\$5$salt$6XvgFG1LMWL/SedlWdxAafOEHFFpkPXLqeNHsdc7P16
\$6$salt$i1etou/cjGIhaFRAAe9Ovyu8VW7eoR4C1h8EpVn8PpPcvBVwfsaYgJRGnPhBZyT5Z3JenrlmY/p02tjS7Gl0w/
abzlUXK5ed5rs
abFZSxKKdq5s6
\$6$rounds=1000$saltstring$6NXfJcHAqOszRoqrAsiHaMLcALd/df4qk51Md4dEGLXrloQi6cyqUbtHDwWpZDzImbFkZCx2eWVTYIGoe1dJi1
\$1$x$aOixJfCrL5fYTYoIuijXZ/
64
