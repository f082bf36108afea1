package placeholder_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/placeholder"
)

func TestIsTemplate(t *testing.T) {
	for _, value := range []string{
		"${PASSWORD}", "$PASSWORD", "%PASSWORD%", "%s", "{{ .Password }}", "<password>", "your-password", "Your_Token",
		"process.env.TOKEN", "[REDACTED_API_KEY]", "xxxxxxxx", "{password}", "+user.password",
	} {
		require.True(t, placeholder.IsTemplate(value), value)
	}
	for _, value := range []string{"Fennel4Quartz", "$ecret!pass", "100%sure", "[REDACTED", "abc"} {
		require.False(t, placeholder.IsTemplate(value), value)
	}
}

func TestIsMember(t *testing.T) {
	for _, value := range []string{"user.password", "a.b_c.d"} {
		require.True(t, placeholder.IsMember(value), value)
	}
	for _, value := range []string{"password", "1.2", "user password.x", "a.Zk39xQ81mPv72Lw0"} {
		require.False(t, placeholder.IsMember(value), value)
	}
}
