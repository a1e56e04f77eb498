# Following a file that grows
$ echo a > f; tail -f f & sleep 2; echo b >> f; sleep 2; kill $!
a
b

# Following a name that another file takes
$ echo a > f; (tail -F f 2>/dev/null) & sleep 2; echo new > g; mv g f; sleep 3; kill $!; sleep 1
a
new

# Commands of xargs -P run side by side
$ printf '3\n1\n2\n' | xargs -P 3 -n 1 sh -c 'sleep $0; echo $0'
1
2
3

# An endless producer ends with its reader
$ yes | head -n 1; yes | sed 1q; yes | grep -m 1 y
y
y
y
