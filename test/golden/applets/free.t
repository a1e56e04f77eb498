# The headline
$ free | head -1
              total        used        free      shared  buff/cache   available
$ free | tail -1 | cut -c1-5
Swap:
