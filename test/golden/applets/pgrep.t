# By pattern, by parent
$ sleep 9 & sleep 8 & sleep 0.1; pgrep -f '^sleep [89]' | wc -l; pgrep -x slee | wc -l; test "$(pgrep -f 'sleep 8')" = $!; echo $?; pgrep -l -n slee | sed 's/.* //'; pgrep -P $$ -f '9$' | wc -l
2
0
1
sleep
1
~ differs: Debian's busybox leaves this command out
$ pgrep nosuch
? 1
~ differs: Debian's busybox leaves this command out
$ pgrep '('
! pgrep: bad regex '(': Unmatched ( or \(
? 1
~ differs: Debian's busybox leaves this command out

# By every word, and nothing is found
~ full
$ pgrep -f nosuchname
? 1
$ pgrep -n nosuchname
? 1
$ pgrep -o nosuchname
? 1
$ pgrep -x nosuchname
? 1
$ pgrep -l nosuchname
? 1
$ pgrep -a nosuchname
? 1
$ pgrep -s 0 nosuchname
? 1
$ pgrep -P 1 nosuchname
? 1
$ pgrep -f -x nosuchname
? 1
$ pgrep -l -n nosuchname
? 1
$ pgrep -v -f .
? 1
