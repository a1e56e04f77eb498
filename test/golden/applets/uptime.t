# How long
$ uptime | sed 's/.*up.*load average:.*/up/'
up
