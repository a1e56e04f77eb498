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
# Functions: recursion, a body that is a subshell, a redirection of its own, one within another, all on one line.
factorial() {                             #= 1
  if [ "$1" -le 1 ]; then                 #= 5
    echo 1                                #= 1
    return 0                              #= 1
  fi
  local below                             #= 4
  below=$(factorial $(($1 - 1)))          #= 4
  echo $(($1 * below))                    #= 4
}
[ "$(factorial 5)" -eq 120 ]              #= 1
apart() (                                 #= 1
  cd /tmp                                 #= 1
  pwd                                     #= 1
)
apart                                     #= 1
logged() {                                #= 1
  echo "to the log"                       #= 1
} > /tmp/log
logged                                    #= 1
outer() {                                 #= 1
  inner() {                               #= 1
    echo inner                            #= 3
  }
  inner                                   #= 1
}
outer                                     #= 1
inner; inner                              #= 1
short() { echo short; }; short            #= 1
early() {                                 #= 1
  for word; do                            #= 2
    case "$word" in                       #= 3
      stop)
        return 0                          #= 1
        ;;
    esac
    echo "$word"                          #= 2
  done
  echo "all of them"                      #= 1
}
early one stop two                        #= 1
early three                               #= 1

# Loops: two at once left, none entered, a list over lines, a condition of several commands, input of its own.
for i in 1 2 3; do                        #= 1
  for j in a b c; do                      #= 2
    if [ "$i$j" = 2b ]; then              #= 5
      break 2                             #= 1
    fi
    [ "$j" = c ] || continue              #= 4
    echo "$i$j"                           #= 1
  done
done
for none in; do                           #= 1
  echo "$none"                            #= 0
done
for item in first \
  second \
  third
#^3 1
do
  : "$item"                               #= 3
done
left=2                                    #= 1
while                                     #= 1
  echo "$left left"                       #= 3
  [ "$left" -gt 0 ]                       #= 3
do
  left=$((left - 1))                      #= 2
done
while read -r key value; do               #= 3
  [ "$key" = skip ] && continue           #= 2
  echo "$key is $value"                   #= 1
done <<END
colour blue
skip me
END
until false; do                           #= 1
  break                                   #= 1
  echo unreachable                        #= 0
done

# Choices: one within another, patterns over lines, nothing that matches, on one line.
if true; then                             #= 1
  if false; then                          #= 1
    echo never                            #= 0
  else
    case x.tar.gz in                      #= 1
      *.zip | \
        *.jar)
        echo zip                          #= 0
        ;;
      *.tar | *.tar.gz)
        echo tar                          #= 1
        ;;
    esac
  fi
fi
case nothing in                           #= 1
  some) echo some ;;                      #= 0
esac
if false; then echo one; else echo other; fi #= 1
if ! true; then                           #= 1
  echo no                                 #= 0
elif
  false                                   #= 1
then
  echo no                                 #= 0
fi
if [[ abc == a* ]]; then                  #= 1
  echo pattern                            #= 1
fi

# Words: substitutions in all places, and those that are not needed.
set_name=set                              #= 1
: "${set_name:-$(echo unneeded)}"         #= 1
: "${no_name:-$(
  #^ 1
  echo needed                             #= 1
)}"
: "${set_name:+`echo ticks`}"             #= 1
: "${set_name:-$(
  #^ 1
  echo not needed                         #= 0
)}"
nested=$(                                 #= 1
  if [ "$(echo in)" = in ]; then          #= 1
    echo "$(echo deep)"                   #= 1
  else
    echo shallow                          #= 0
  fi
)
long="a text
over lines $(echo with a command)
#^ 1
"
#^4 1
[ "$nested" = deep ] && [ -n "$long" ]    #= 1
cat <<'END' > /dev/null                   #= 1
$(echo no command)
END
cat <<-END                                #= 1
	$(
	  echo indented                         #= 1
	)
	END
sum=$((1 + $(echo 2)))                    #= 1
LEVEL=high env > /tmp/env                 #= 1

# Lists and pipelines over lines; options; traps; descriptors.
true &&                                   #= 1
  false ||                                #= 1
  echo "the third"                        #= 1
false &&                                  #= 1
  echo "not this" ||                      #= 0
  :                                       #= 1
printf '%s\n' b a |                       #= 1
  sort |                                  #= 1
  while read -r letter; do                #= 3
    echo "$letter"                        #= 2
  done
set -- -v -n 3 rest                       #= 1
while getopts vn: option; do              #= 3
  case $option in                         #= 2
    v) verbose=yes ;;                     #= 1
    n) number=$OPTARG ;;                  #= 1
    *)
      exit 2                              #= 0
      ;;
  esac
done
shift $((OPTIND - 1))                     #= 1
echo "$1 $verbose $number $sum"           #= 1
on_signal() {                             #= 1
  echo "signal"                           #= 1
}
trap on_signal USR1                       #= 1
kill -USR1 $$                             #= 1
trap 'never' USR2                         #= 1
exec 3< /tmp/log                          #= 1
read -r line <&3                          #= 1
exec 3<&-                                 #= 1
{ echo a; echo b; } | {
  #^ 1
  read -r first                           #= 1
  echo "$first"                           #= 1
}
(
  set +e                                  #= 1
  (exit 4)                                #= 1
  [ $? -eq 4 ] || echo "not four"         #= 1
) &
wait $!                                   #= 1
eval '
  for each in 1 2; do
    : "$each"
  done
'
#^5 1
if false; then                            #= 1
  unreached() {                           #= 0
    echo unreached                        #= 0
  }
  unreached | cat &                       #= 0
fi
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
