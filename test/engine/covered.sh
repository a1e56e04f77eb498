#!/bin/sh
# Behind each line on which a command begins stands how often it is run; `#^` is of the line above.
set -eu                                   #= 1
. /lib.sh                                 #= 1
name=${1:-world} other=x                  #= 1
count=0                                   #= 1
greet() {                                 #= 1
  local greeting=Hello                    #= 2
  echo "$greeting, $1"                    #= 2
}
never() {                                 #= 1
  echo never                              #= 0
}
greet "$name"                             #= 1
greet "$(
  #^ 1
  printf '%s' again                       #= 1
)"
for i in 1 2 3; do                        #= 1
  count=$((count + i))                    #= 3
done
while [ "$count" -gt 3 ]; do              #= 4
  count=$((count - 1))                    #= 3
  [ "$count" -eq 4 ] && continue          #= 3
  echo "$count"                           #= 2
done
until [ "$count" -eq 0 ]; do count=0; done #= 2
if [ "$name" = world ]; then              #= 1
  echo yes                                #= 1
elif [ "$name" = moon ]; then             #= 0
  echo moon                               #= 0
else
  echo no                                 #= 0
fi
case $name in                             #= 1
  moon) echo moon ;;                      #= 0
  w*)
    echo starts with w                    #= 1
    ;;
  *) echo other ;;                        #= 0
esac
false || echo or                          #= 1
true && echo and                          #= 1
false && echo not || :                    #= 1
! false                                   #= 1
{
  echo group                              #= 1
} > /dev/null
(
  echo subshell                           #= 1
  exit 0                                  #= 1
  echo unreachable                        #= 0
)
echo a | while read -r line; do           #= 2
  echo "$line"                            #= 1
done | cat                                #= 1
cat <<END                                 #= 1
plain
$(echo in a document)                     #= 1
END
echo one \
  two
#^2 1
eval 'echo evaluated'                     #= 1
: "${unset_name:=$(echo default)}"        #= 1
trap 'echo bye' EXIT                      #= 1
sleep 1 &                                 #= 1
wait                                      #= 1
[ -n "$other" ] || exit 7                 #= 1
library_function                          #= 1
exit 3                                    #= 1
echo after the end                        #= 0
never                                     #= 0
