# Bytes pass
$ seq 3 | pipe_progress 2>/dev/null; seq 1000 | pipe_progress 2>/dev/null | wc -l
1
2
3
1000
