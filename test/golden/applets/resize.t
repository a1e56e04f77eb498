# Without a terminal
$ resize 2>&1 < /dev/null | tr -d '\033' | tail -n 1 | sed 's/.*COLUMNS/COLUMNS/'
COLUMNS LINES;
