package hosts

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNormalAndLocal(t *testing.T) {
	for host, want := range map[string]struct {
		normal string
		local  bool
	}{
		"Example.COM.":           {"example.com", false},
		"ｅxample。com":            {"example.com", false},
		"0x7f.1":                 {"127.0.0.1", true},
		"::ffff:10.1.2.3":        {"10.1.2.3", true},
		"169.254.169.254":        {"169.254.169.254", true},
		"8.8.8.8":                {"8.8.8.8", false},
		"localhost":              {"localhost", true},
		"a.localhost":            {"a.localhost", true},
		"localhost.evil.example": {"localhost.evil.example", false},
		"fd00::1":                {"fd00::1", true},
	} {
		require.Equal(t, want.normal, Normal(host), host)
		require.Equal(t, want.local, IsLocal(Normal(host)), host)
	}
}
