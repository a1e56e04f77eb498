# A refusal
$ nologin
This account is not available
? 1
