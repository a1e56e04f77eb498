# A sum
< words
zeta
alpha
mu
$ sha256sum words
1f9304455c0c763bdb711aa25e198de6094902fc2fd4add91e083d75088cd297  words
$ printf '' | sha256sum
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -
$ sha256sum words > sums; sha256sum -c sums
words: OK
