package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

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

func TestFlagName(t *testing.T) {
	for argument, want := range map[string]string{
		"--password": "password", "-p": "p", "--api-key": "api-key", "": "", "-": "", "--": "", "---x": "", "password": "", "--a=b": "", "--a b": "",
		"--" + strings.Repeat("a", flagMax): strings.Repeat("a", flagMax), "--" + strings.Repeat("a", flagMax+1): "",
	} {
		require.Equal(t, want, FlagName(argument), argument)
	}
}
