#!/bin/sh
# Starts the service after an installation, and restarts it after an upgrade. The argument is
# configure from dpkg, with the version that was installed before, and from rpm the number of
# versions that are installed.
set -e

unit=otelcol-cowork.service
case "$1 $2" in
"configure "?* | "2 "*) step=upgrade ;;
"configure "* | "1 "*) step=install ;;
*) exit 0 ;; # dpkg undoes a step that failed
esac

# environment sets the variables of a file as systemd does: a shell would expand their values,
# and take a value with a blank as a command.
environment() {
	while read -r line || [ -n "$line" ]; do
		name=${line%%=*} value=${line#*=}
		case "$line" in [A-Za-z_]*=*) ;; *) continue ;; esac
		case "$name" in *[!A-Za-z0-9_]*) continue ;; esac
		case "$value" in \"*\" | \'*\') value=${value#?} value=${value%?} ;; esac
		export "$name=$value"
	done <"$1"
}

# valid validates the configuration with the version that is now installed, and the environment
# of the unit.
valid() (
	cd /var/lib/otelcol-cowork
	export COWORK_DATA=/var/lib/otelcol-cowork COWORK_REQUIRE_REDACTION=true
	OTELCOL_OPTIONS="--config /etc/otelcol-cowork/config.yaml"
	[ ! -e /etc/otelcol-cowork/otelcol-cowork.env ] || environment /etc/otelcol-cowork/otelcol-cowork.env
	exec setpriv --reuid=otelcol-cowork --regid=otelcol-cowork --init-groups --no-new-privs \
		/usr/bin/otelcol-cowork validate $OTELCOL_OPTIONS
)

# invoke asks for an action unless the administrator's policy-rc.d forbids it.
invoke() {
	if command -v deb-systemd-invoke >/dev/null; then
		deb-systemd-invoke "$1" "$unit"
	else
		systemctl "$1" "$unit"
	fi
}

# dpkg --root unpacks files with the users of another system.
if [ "$step" = install ]; then
	chgrp otelcol-cowork /etc/otelcol-cowork /etc/otelcol-cowork/config.yaml
	chown otelcol-cowork:otelcol-cowork /var/lib/otelcol-cowork
fi
if [ "$step" = install ] && command -v systemctl >/dev/null; then
	if [ "$1" = configure ]; then systemctl enable "$unit"; else systemctl preset "$unit"; fi
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	case "$step" in
	install) [ "$1" != configure ] || invoke start || echo "otelcol-cowork: not started (see: journalctl -u $unit)" >&2 ;;
	upgrade)
		# A collector that runs is not ended for a version that would not start.
		if ! systemctl --quiet is-active "$unit"; then
			:
		elif valid; then
			invoke restart || echo "otelcol-cowork: not restarted (see: journalctl -u $unit)" >&2
		else
			echo "otelcol-cowork: the new version refuses the configuration, the old one still runs (correct it, then: systemctl restart $unit)" >&2
		fi
		;;
	esac
fi
