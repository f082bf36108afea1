package detect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestURL(t *testing.T) {
	for _, c := range []struct{ in, user, password string }{
		{"postgres://app:Fennel4Quartz@db.example:5432/shop", "", "Fennel4Quartz"},
		{"https://8f3ab2c1d9e04f5b@sentry.example/1", "8f3ab2c1d9e04f5b", ""},
		{"https://8f3ab2c1d9e0:4f5bd2e1@host", "8f3ab2c1d9e0", "4f5bd2e1"},
		{"redis://:p@ss@host", "", "p@ss"},
		{"https://user:${PASSWORD}@host", "", ""},
		{"https://jane@example.com", "", ""},
		{"amqp://app:[redacted]@mq.example", "", ""},
		{"postgres://user:password@localhost:5432/db", "", ""},
		{"postgres://admin:password@db.example", "", "password"},
		{"postgres://user:password1@db.example", "", "password1"},
		{"mysql://app:xxxxx@tcp(db1:3306)/shop", "", ""},
		{"https://example.com/a:b@c", "", ""},
		{"https://example.com:8080/", "", ""},
	} {
		var r Reader
		r.Reset(text.View{Text: c.in})
		found, ok := URL(&r, strings.Index(c.in, "://"))
		require.True(t, ok, c.in)
		require.Equal(t, c.user, c.in[found.User.Start:found.User.End], c.in)
		require.Equal(t, c.password, c.in[found.Password.Start:found.Password.End], c.in)
	}
	var r Reader
	r.Reset(text.View{Text: " ://a:b@c"})
	_, ok := URL(&r, 1)
	require.False(t, ok, "no scheme")
}
