# Lines that follow one another
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
$ sort fruit | uniq
Apple 10 green
apple 3 red
banana 1 yellow
cherry 2 red
$ sort fruit | uniq -c
      1 Apple 10 green
      1 apple 3 red
      2 banana 1 yellow
      1 cherry 2 red
$ sort fruit | uniq -d
banana 1 yellow
$ sort fruit | uniq -u
Apple 10 green
apple 3 red
cherry 2 red

# Only a part is compared
< fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
< words
zeta
alpha
mu
$ uniq -f 2 fruit
apple 3 red
banana 1 yellow
cherry 2 red
Apple 10 green
banana 1 yellow
$ uniq -s 2 -w 2 words
zeta
alpha
mu
$ printf 'a\nA\n' | uniq -i
a
