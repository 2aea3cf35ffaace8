# Runs in a mount name space of its own. Arguments: agentd, agentctl, two
# components, a CV, the authority, the practice address, then board addresses.
agentd=$1 agentctl=$2 greenhouse=$3 lever=$4 cv=$5 ca=$6 address=$7
shift 7
disk=$(mktemp -d)
mount -t tmpfs -o size=24m none "$disk"
home=$disk/home
mkdir -m 700 "$home"
printf 'address = "%s"\nca = "%s"\n' "$address" "$ca" > "$home/practice.toml"
export AGENTD_HOME=$home AGENTD_BIN=$agentd
trap '"$agentctl" stop >&2 || true; umount -l "$disk"' EXIT

"$agentctl" start >&2
"$agentctl" plugin install --yes "$greenhouse" >&2
"$agentctl" plugin install --yes "$lever" >&2
"$agentctl" init "$cv" >&2
for board in "$@"; do "$agentctl" source add "$board" >&2; done
profile=$("$agentctl" --json profile show)

# Leave about two megabytes, which a thousand postings do not fit into.
free=$(df --output=avail -k "$disk" | tail -1)
head -c $(((free - 2048) * 1024)) /dev/zero > "$disk/ballast"
code=0
said=$("$agentctl" sync 2>&1) || code=$?
echo "$said" >&2
[ "$code" -eq 1 ]
echo "$said" | grep -q 'no space left.*free some disk space'
echo "refused with advice"

"$agentctl" status >&2
[ "$("$agentctl" --json profile show)" = "$profile" ]
rm "$disk/ballast"
# Room again: what was cut off goes through, and nothing was damaged.
mount -o remount,size=512m "$disk"
"$agentctl" sync >&2
"$agentctl" --json doctor | tr -d ' \n' | grep -q '"check":"database","message":"itspagesandkeysaresound"'
[ "$("$agentctl" --json profile show)" = "$profile" ]
echo "nothing lost"
