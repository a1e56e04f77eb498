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
