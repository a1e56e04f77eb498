# A refusal
$ nologin
