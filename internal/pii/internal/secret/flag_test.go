package secret

import "testing"

func TestFlags(t *testing.T) {
	checkRows(t, LinkFlag,
		"tool --password «Mosspond#204» x", "tool -password «Mosspond#204»", "tool --api-key '«4f9d2c7be1a85630»'",
		`tool --db-password="«Mosspond#204»"`, "tool --token=«4f9d2c7be1a85630»",
	)
	checkRows(t, LinkCommand, "tool -u ops:«Mosspond#204» x", `tool --user "ops:«Mosspond#204»"`, "tool --userpwd ops:«Mosspond#204»", "tool -u «4f9d2c7be1a85630»: x")
	checkNone(t,
		"tool --password --verbose", "tool --password $PASSWORD", "tool --password", "tool --no-password x", "tool --max-tokens 4096", "tool --password-file /run/x",
		"docker run -u 1000:1000 x", "git push -u origin main", "tool -u ops", "tool --key name",
	)
}
