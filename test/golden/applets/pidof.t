# Who has a name
$ pidof nosuch
? 1
$ mkfifo p; cat p & sleep 0.1; test "$(pidof cat)" = $!; echo $?; kill $!
0

# One, without some
~ full
$ sleep 111 & sleep 112 & test $(pidof sleep | wc -w) -gt 1; echo $?; pidof -s sleep | wc -w; pidof -o $! nosuch; echo $?; pidof -o %PPID nosuch; echo $?; kill $! 
0
1
1
1
