# Who has a name
$ pidof nosuch
? 1
$ mkfifo p; cat p & sleep 0.1; test "$(pidof cat)" = $!; echo $?; kill $!
0
