package secret

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNotSecret checks each reason why a value can be no secret under any noun.
func TestNotSecret(t *testing.T) {
	for reason, values := range map[string][]string{
		"empty":                 {""},
		"marker":                {"[REDACTED_API_KEY]", "[REDACTED]"},
		"filler":                {"none", "NULL", "string", "example", "Required", "stdin"},
		"template":              {"<password>", "${DB_PASSWORD}", "$(cat x)", "{{ .Values.pw }}", "%s", "your-password", "YOUR_API_KEY", "%PASSWORD%", "changeme-now", "aaaaaaaa"},
		"reference":             {"process.env.PW", "os.environ['PW']", "vault:secret/db", "$DB_PASSWORD", "/run/secrets/db", "@token.txt", "op://a/b", "&password", "$HOME/token", "#password", "'env.PW"},
		"masked":                {"ab***cd", "Mos…", "xxxx-204", "sk-...abc", "[redacted by x]", "**Mosspond"},
		"call":                  {"getPassword()", "config[\"pw\"]", "decrypt(value)", "tokens[0]", "Map{a}"},
		"noun":                  {"client_secret", "access token", "kennwort", "Passwörter密码"},
		"number":                {"0x1f", "0xDEADBEEF"},
		"address of a contract": {"0xdc159d26c2f81bf38e5e0d2bef3a69ebccb43d3b"},
		"header of a token":     {"eyJhbGciOiJIUzI1NiIs", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"},
		"sequence":              {"abcdefghij", "xABCDEFGHIJ"},
		"url":                   {"https://example.com/a", "https://ops@example.com/a"},
		"":                      {"Mosspond#204", "4f9d2c7be1a85630", "heron latch gull", "hunter2", "0xDEADBEEFDEADBEEFDEADBEEF", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", "https://ops:Mosspond@example.com", "Pa$$w0rd!", "heron7!(latch", "$tr0ng#Pass"},
	} {
		for _, value := range values {
			require.Equal(t, reason, notSecret(value), value)
		}
	}
}

func TestIsTemplate(t *testing.T) {
	for _, value := range []string{"", "${A}", "$A", "<a>", "ab***", "[REDACTED_EMAIL]"} {
		require.True(t, IsTemplate(value), value)
	}
	for _, value := range []string{"none", "Mosspond#204", "password"} {
		require.False(t, IsTemplate(value), value)
	}
}

func TestIsPath(t *testing.T) {
	for _, value := range []string{"./x", "../x", "~/x", `C:\x\y`, "C:/x", "/etc/passwd", `\\host\share`, "/name"} {
		require.True(t, isPath(value), value)
	}
	for _, value := range []string{"", "Mosspond#204", "/q8Zr4Tb1Xw/6Pn3Lc9Vd2"} {
		require.False(t, isPath(value), value)
	}
}

func TestIsMember(t *testing.T) {
	for _, value := range []string{"user.password", "a.b.c", "settings.db_pw"} {
		require.True(t, isMember(value), value)
	}
	for _, value := range []string{"", "user", "1.2", "a.b!", "q8Zr4Tb1.Xw6Pn3Lc9Vd2"} {
		require.False(t, isMember(value), value)
	}
}
