# One table
$ top -b -n 1 | sed -n 4p
  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND
$ top -b -n 1 | grep -c 'top -b -n 1'
3
