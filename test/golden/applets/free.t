# The headline
$ free | head -1
              total        used        free      shared  buff/cache   available
$ free | tail -1 | cut -c1-5
Swap:

# Each unit
$ free -b | head -n 1 | tr -s ' '
 total used free shared buff/cache available
$ free -k | head -n 1 | tr -s ' '
 total used free shared buff/cache available
$ free -m | head -n 1 | tr -s ' '
 total used free shared buff/cache available
$ free -g | head -n 1 | tr -s ' '
 total used free shared buff/cache available
$ free -h | head -n 1 | tr -s ' '
 total used free shared buff/cache available
$ free -m | wc -l
3
