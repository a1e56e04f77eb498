# Nobody is logged in
$ w | tr -s '\t'
USER	TTY	IDLE	TIME	 HOST
