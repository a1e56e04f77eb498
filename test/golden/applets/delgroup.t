# Gone again
$ addgroup one; addgroup daemon one; delgroup daemon one; delgroup one; delgroup one; echo $?
